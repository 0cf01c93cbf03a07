package dev.haldane.webhook.demo.console;

/// Where the demo speaks. May be used by several threads.
public interface Console extends AutoCloseable {

    /// A new chapter of the story begins.
    void chapter(String title);

    /// A line that stays.
    void line(Tone tone, String text);

    /// How things stand; called some times a second.
    void show(Glance now);

    /// Leaves the terminal as it was. May be repeated.
    @Override
    void close();
}
