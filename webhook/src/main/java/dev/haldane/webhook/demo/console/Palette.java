package dev.haldane.webhook.demo.console;

/// Colours, or none ([ECMA-48](https://ecma-international.org/publications-and-standards/standards/ecma-48/), SGR).
public record Palette(boolean on) {

    String paint(Tone tone, String text) {
        return switch (tone) {
            case PLAIN -> text;
            case QUIET -> wrap("2", text);
            case GOOD -> wrap("32", text);
            case WARNING -> wrap("33", text);
            case BAD -> wrap("31", text);
        };
    }

    String strong(String text) {
        return wrap("1", text);
    }

    private String wrap(String code, String text) {
        return on ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
