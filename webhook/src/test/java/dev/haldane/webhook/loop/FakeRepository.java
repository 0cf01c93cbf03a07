package dev.haldane.webhook.loop;

import dev.haldane.webhook.gitops.WriteBack;
import java.util.ArrayList;
import java.util.List;

/// An environment repository with one value: put back by compare-and-set, once; its own commit is found again.
final class FakeRepository implements WriteBack {

    CrashPoint crash = CrashPoint.never();
    String version = "1.1.0";
    boolean unreachable;
    final List<Request> requests = new ArrayList<>();
    private int commits;

    @Override
    public Outcome revert(Request request) {
        requests.add(request);
        if (unreachable) {
            return new Outcome.Refused("cannot clone: connection refused", true);
        }
        if (commits > 0) {
            return new Outcome.Reverted("environment", "abc1234", version);
        }
        if (!version.equals(request.badVersion())) {
            return new Outcome.NothingToDo("it holds " + version);
        }
        crash.around("git", () -> {
            version = "1.1.0";
            commits++;
        });
        return new Outcome.Reverted("environment", "abc1234", version);
    }

    int commits() {
        return commits;
    }
}
