package dev.haldane.postrender.chart.template;

/// A line of a template, as far as it can be told without rendering.
///
/// @param number     counts from 1
/// @param start      offset of its first character
/// @param end        offset behind its last character, before the line's end
/// @param next       offset of the next line
/// @param shape      what it is
/// @param column     where a key or other text begins; 0 for lines that have neither
/// @param key        the key without quotes; `""` if it has none
/// @param valueStart offset behind the key's colon and the blanks after it; [#end] if nothing follows
public record SourceLine(
        int number, int start, int end, int next, Shape shape, int column, String key, int valueStart) {

    /// What a line of a template may be.
    public enum Shape {
        BLANK,
        /// A comment of YAML; actions in it still run.
        COMMENT,
        /// Nothing but actions, or a part of one that goes over several lines.
        ACTIONS,
        /// `---`
        SEPARATOR,
        /// `key:` or `key: value`
        KEY,
        /// `- key: value`, `- value`
        ITEM,
        /// Anything else: text that begins with an action, the inside of a block scalar.
        OTHER
    }

    /// Whether it says nothing about how deep we are.
    boolean neutral() {
        return switch (shape) {
            case BLANK, COMMENT, ACTIONS -> true;
            case SEPARATOR, KEY, ITEM, OTHER -> false;
        };
    }

    public boolean hasValue() {
        return valueStart < end;
    }
}
