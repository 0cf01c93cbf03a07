package dev.haldane.postrender.config.file;

import dev.haldane.postrender.config.UserError;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a configuration, collected so that people mend it in one go.
final class Problems {
    private static final int SHOWN = 10;

    private final Place place;
    private final List<String> found = new ArrayList<>();

    /// Where in the source the key at a path stands: file and line, or the option.
    interface Place {
        String of(List<String> path);
    }

    Problems(Place place) {
        this.place = place;
    }

    /// @param remedy what would be right; `""` if the problem says it
    void add(List<String> path, String problem, String remedy) {
        found.add(place.of(path) + ": " + problem + (remedy.isEmpty() ? "" : " (" + remedy + ")"));
    }

    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        var shown = new ArrayList<>(found.subList(0, Math.min(SHOWN, found.size())));
        if (found.size() > SHOWN) {
            shown.add("and " + (found.size() - SHOWN) + " more");
        }
        throw UserError.usage(String.join("\n", shown), "");
    }
}
