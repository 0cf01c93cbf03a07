package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.Objects;
import java.util.stream.IntStream;

/// The lines of a document in which a change may show: those of the smallest node that has all of it in it.
///
/// @param from the start of a line, in UTF-16 units
/// @param to   past the end of a line
record Changed(int from, int to) {

    static Changed between(Document document, Mapping after) {
        var text = document.text();
        var place = Yaml.compose(text, "x", 1).orElseThrow();
        Node wanted = after;
        int from = place.start();
        while (true) {
            var child = only(place, wanted);
            if (child == null) {
                break;
            }
            place = child.place;
            wanted = child.wanted;
            from = child.from;
        }
        return new Changed(text.lastIndexOf('\n', from - 1) + 1, lineAfter(text, place.end()));
    }

    /// The one child that differs, if nothing else does and it has a place of its own.
    private record Child(Placed place, Node wanted, int from) {}

    private static @org.jspecify.annotations.Nullable Child only(Placed place, Node wanted) {
        if (place.node() instanceof Mapping now && wanted instanceof Mapping then) {
            if (!now.entries().keySet().equals(then.entries().keySet())) {
                return null;
            }
            var differing = place.entries().stream()
                    .filter(entry ->
                            !Objects.equals(entry.value().node(), then.entries().get(entry.name())))
                    .toList();
            return differing.size() == 1 && differing.getFirst().value().start() >= 0
                    ? new Child(
                            differing.getFirst().value(),
                            Objects.requireNonNull(
                                    then.entries().get(differing.getFirst().name())),
                            differing.getFirst().key().start())
                    : null;
        }
        if (place.node() instanceof Sequence now && wanted instanceof Sequence then) {
            if (now.items().size() != then.items().size()) {
                return null;
            }
            var differing = IntStream.range(0, now.items().size())
                    .filter(i -> !now.items().get(i).equals(then.items().get(i)))
                    .boxed()
                    .toList();
            return differing.size() == 1
                            && place.items().get(differing.getFirst()).start() >= 0
                    ? new Child(
                            place.items().get(differing.getFirst()),
                            then.items().get(differing.getFirst()),
                            place.items().get(differing.getFirst()).start())
                    : null;
        }
        return null;
    }

    private static int lineAfter(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }
}
