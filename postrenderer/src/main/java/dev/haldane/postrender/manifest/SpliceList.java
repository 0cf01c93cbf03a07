package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Layout.Unspliceable;
import dev.haldane.postrender.manifest.Node.Mapping;
import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.ScalarType;
import dev.haldane.postrender.manifest.Node.Sequence;
import java.util.List;

/// The part of [Splice] that changes a list: what is equal at its head and tail stays, the rest is changed in pairs,
/// and what is over goes or comes.
final class SpliceList {
    private final Splice splice;
    private final Placed list;

    SpliceList(Splice splice, Placed list) {
        this.splice = splice;
        this.list = list;
    }

    void become(Sequence after) {
        var from = list.items();
        var to = after.items();
        int shorter = Math.min(from.size(), to.size());
        int head = 0;
        while (head < shorter && from.get(head).node().equals(to.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && from.get(from.size() - 1 - tail).node().equals(to.get(to.size() - 1 - tail))) {
            tail++;
        }
        if (list.fixed()) {
            throw new Unspliceable("an alias shares the list");
        }
        int paired = shorter - tail;
        for (int i = head; i < paired; i++) {
            change(from.get(i), to.get(i));
        }
        remove(paired, from.size() - tail);
        insert(paired, to.subList(paired, Math.max(paired, to.size() - tail)));
    }

    private void change(Placed item, Node wanted) {
        if (item.fixed()) {
            throw new Unspliceable("an alias shares the item");
        }
        if (item.node() instanceof Mapping
                && wanted instanceof Mapping to
                && !item.entries().isEmpty()
                && !to.entries().isEmpty()) {
            splice.item(item, to);
        } else if (item.node() instanceof Scalar old && wanted instanceof Scalar to && old.type() != ScalarType.NULL) {
            splice.scalar(item, old, to);
        } else if (item.start() == item.end() || splice.layout().isMarked(item)) {
            throw new Unspliceable("a tag, an anchor or nothing stands there");
        } else {
            splice.edit(item.start(), splice.layout().end(item), YamlWriter.flow(wanted, false));
        }
    }

    private void remove(int from, int to) {
        if (from >= to) {
            return;
        }
        var items = list.items();
        if (to - from == items.size()) {
            throw new Unspliceable("the list would be empty");
        }
        if (!list.flow()) {
            for (Placed item : items.subList(from, to)) {
                int dash = splice.layout().dash(item);
                int end = splice.layout().end(item);
                splice.edit(splice.layout().lineStart(dash), splice.layout().nextLine(end), "");
            }
        } else if (to < items.size()) {
            splice.edit(items.get(from).start(), items.get(to).start(), "");
        } else {
            int end = splice.layout().end(items.getLast());
            splice.edit(splice.layout().end(items.get(from - 1)), end, "");
        }
    }

    private void insert(int at, List<Node> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        var items = list.items();
        var text = new StringBuilder();
        if (list.flow()) {
            boolean last = at == items.size();
            for (Node item : wanted) {
                text.append(last ? ", " : "")
                        .append(YamlWriter.flow(item, false))
                        .append(last ? "" : ", ");
            }
            int place =
                    last ? splice.layout().end(items.getLast()) : items.get(at).start();
            splice.edit(place, place, text.toString());
            return;
        }
        int first = splice.layout().dash(items.getFirst());
        int column = splice.layout().column(first);
        var indent = " ".repeat(column);
        boolean last = at == items.size();
        for (Node item : wanted) {
            var written = splice.writer().item(item, column);
            text.append(last ? splice.eol() + indent + written : written + splice.eol() + indent);
        }
        int place = last
                ? splice.layout().lineEnd(splice.layout().end(items.getLast()))
                : splice.layout().dash(items.get(at));
        splice.edit(place, place, text.toString());
    }
}
