package dev.haldane.postrender.manifest;

import dev.haldane.postrender.manifest.Node.Scalar;
import dev.haldane.postrender.manifest.Node.Style;
import java.util.List;

/// A node and where it stands in its text: `[start, end)` in UTF-16 units, as the parser saw it. A block collection
/// ends where the *next* token starts, so its end is past blank lines and comments that follow it.
///
/// @param node    the value; in maps with everything that merge keys (`<<`) bring
/// @param fixed   nothing in here may be edited in place: it is shared by an alias, or carries a tag or an anchor
/// @param flow    written with braces or brackets
/// @param entries of a map, as written: doubled keys twice, merge keys as keys
/// @param items   of a list
record Placed(Node node, int start, int end, boolean fixed, boolean flow, List<Field> entries, List<Placed> items) {

    /// One key of a map, and its value.
    record Field(String name, Placed key, Placed value) {

        /// Whether the entry stands for those of another map.
        boolean isMerge() {
            return name.equals("<<")
                    && key.node() instanceof Scalar(var _, var _, var style)
                    && style == Style.PLAIN
                    && !(value.node() instanceof Scalar);
        }
    }

    Placed {
        entries = List.copyOf(entries);
        items = List.copyOf(items);
    }
}
