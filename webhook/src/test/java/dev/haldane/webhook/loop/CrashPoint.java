package dev.haldane.webhook.loop;

/// Counts what is done to the world, and ends the process once, before or after the nth of these things.
final class CrashPoint {

    private final int at;
    private final boolean after;
    private int done;
    private boolean crashed;

    CrashPoint(int at, boolean after) {
        this.at = at;
        this.after = after;
    }

    static CrashPoint never() {
        return new CrashPoint(Integer.MAX_VALUE, false);
    }

    void around(String what, Runnable change) {
        crash(!after, what);
        change.run();
        crash(after, what);
        done++;
    }

    private void crash(boolean here, String what) {
        if (here && !crashed && done == at) {
            crashed = true;
            throw new SimulatedCrash(what);
        }
    }

    int done() {
        return done;
    }

    @Override
    public String toString() {
        return (after ? "after " : "before ") + at;
    }
}
