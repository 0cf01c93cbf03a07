package dev.haldane.webhook.demo.http;

import java.io.IOException;

/// What stands behind an address: from call to answer. Called on a virtual thread of its own, and so may wait.
@FunctionalInterface
public interface Site {
    Answer answer(Call call) throws IOException, InterruptedException;
}
