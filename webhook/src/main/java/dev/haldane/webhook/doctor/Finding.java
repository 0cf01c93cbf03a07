package dev.haldane.webhook.doctor;

/// One thing that was looked at.
///
/// @param subject what it is about, such as `CRD canaries.flagger.app`
/// @param found   what it is like
/// @param remedy  what to do, a command where one does it; `""` if it is all right
record Finding(State state, String subject, String found, String remedy) {

    enum State {
        /// as it should be
        OK,
        /// works, but somebody may not get what he expects
        WARNING,
        /// does not work
        WRONG
    }

    static Finding ok(String subject, String found) {
        return new Finding(State.OK, subject, found, "");
    }

    static Finding warning(String subject, String found, String remedy) {
        return new Finding(State.WARNING, subject, found, remedy);
    }

    static Finding wrong(String subject, String found, String remedy) {
        return new Finding(State.WRONG, subject, found, remedy);
    }
}
