package dev.haldane.postrender.manifest;

import java.util.Arrays;

/// From the parser's count to ours. SnakeYAML counts code points, a `String` counts UTF-16 units; and a byte order
/// mark at the start of a line, which the parser would take for a part of the first key, is hidden from it.
final class Offsets {
    private static final char MARK = '\uFEFF';

    private final String parsed;
    /// For each code point that is wider in our text than one unit: its index, in the parser's count.
    private final int[] wide;
    /// Where the hidden mark stood, in the parser's count; none: out of reach.
    private final int hidden;

    private Offsets(String parsed, int[] wide, int hidden) {
        this.parsed = parsed;
        this.wide = wide;
        this.hidden = hidden;
    }

    static Offsets of(String text) {
        int mark = text.indexOf("\n" + MARK);
        var parsed = mark < 0 ? text : text.substring(0, mark + 1) + text.substring(mark + 2);
        int points = parsed.codePointCount(0, parsed.length());
        var wide = new int[parsed.length() - points];
        if (wide.length > 0) {
            int found = 0;
            for (int unit = 0, point = 0; unit < parsed.length(); point++) {
                int width = Character.charCount(parsed.codePointAt(unit));
                if (width == 2) {
                    wide[found++] = point;
                }
                unit += width;
            }
        }
        int hidden = mark < 0 ? Integer.MAX_VALUE : parsed.codePointCount(0, mark + 1);
        return new Offsets(parsed, wide, hidden);
    }

    /// The text as the parser should see it.
    String parsed() {
        return parsed;
    }

    int unit(int codePoint) {
        int before = Arrays.binarySearch(wide, codePoint);
        return codePoint + (before < 0 ? -before - 1 : before) + (codePoint >= hidden ? 1 : 0);
    }
}
