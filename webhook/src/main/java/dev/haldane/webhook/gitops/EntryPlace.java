package dev.haldane.webhook.gitops;

/// Where an entry stands in its text. Offsets count UTF-16 units.
///
/// @param start   of the entry's first line
/// @param end     after the line end of the entry's last line
/// @param version its version
record EntryPlace(int start, int end, Value version) {

    /// A value that can be replaced, or the reason why not.
    ///
    /// @param text    inside its quotes
    /// @param from    first character of `text`, -1 if it cannot be replaced
    /// @param quoted  whether it stands in quotes
    /// @param problem what stands there instead; `""` if it can be replaced
    record Value(String text, int from, boolean quoted, String problem) {

        static Value not(String problem) {
            return new Value("", -1, false, problem);
        }

        int to() {
            return from + text.length();
        }

        boolean isReplaceable() {
            return from >= 0;
        }
    }
}
