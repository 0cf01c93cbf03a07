package dev.haldane.postrender.chart.template;

/// A stretch of a template: either text or one action between braces.
public sealed interface Piece {

    /// Offset of the first character.
    int start();

    /// Offset behind the last character.
    int end();

    /// @param output what is left of the text when the actions beside it have trimmed it
    record Text(int start, int end, String output) implements Piece {}

    /// @param body       what stands between the braces, without the marks that trim, stripped
    /// @param trimsLeft  `{{-`: white space before it is dropped
    /// @param trimsRight `-}}`: white space behind it is dropped
    record Action(int start, int end, Keyword keyword, String body, boolean trimsLeft, boolean trimsRight)
            implements Piece {

        /// Whether it opens a block that an `end` closes.
        public boolean opens() {
            return switch (keyword) {
                case IF, WITH, RANGE, DEFINE, BLOCK -> true;
                case ELSE, END, COMMENT, OTHER -> false;
            };
        }

        /// Whether it only steers: it writes nothing itself.
        public boolean steers() {
            return keyword != Keyword.OTHER || body.matches("\\$[A-Za-z0-9_]*\\s*:?=(?s:.*)");
        }
    }

    /// What an action begins with, as far as blocks are concerned.
    enum Keyword {
        IF,
        WITH,
        RANGE,
        DEFINE,
        BLOCK,
        /// Also `else if` and `else with`.
        ELSE,
        END,
        COMMENT,
        /// A value, a variable, `template`, `break`, `continue`.
        OTHER;

        static Keyword of(String body) {
            if (body.startsWith("/*")) {
                return COMMENT;
            }
            int length = 0;
            while (length < body.length() && Character.isLetter(body.charAt(length))) {
                length++;
            }
            return switch (body.substring(0, length)) {
                case "if" -> IF;
                case "with" -> WITH;
                case "range" -> RANGE;
                case "define" -> DEFINE;
                case "block" -> BLOCK;
                case "else" -> ELSE;
                case "end" -> END;
                default -> OTHER;
            };
        }
    }
}
