package dev.haldane.webhook.demo.mesh;

import dev.haldane.webhook.demo.http.Answer;
import dev.haldane.webhook.demo.http.Call;
import dev.haldane.webhook.demo.http.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// The process of a pod: answers with the version that it is, or with 500, as its version behaves.
///
/// @param workload name of the Deployment that the pod belongs to
/// @param version  tag of the image
/// @param labels   of the pod
record Backend(String namespace, String workload, String version, Map<String, String> labels, LoopbackServer server)
        implements AutoCloseable {

    Backend {
        labels = Map.copyOf(labels);
    }

    static Backend start(String namespace, String workload, String version, Map<String, String> labels, Behaviour how)
            throws IOException {
        return new Backend(
                namespace,
                workload,
                version,
                labels,
                LoopbackServer.start("pod-" + version, 0, call -> answer(version, how, call)));
    }

    private static Answer answer(String version, Behaviour how, Call call) {
        var chance = ThreadLocalRandom.current();
        Duration span = how.slowest().minus(how.fastest());
        LockSupport.parkNanos(how.fastest().toNanos() + (long) (chance.nextDouble() * span.toNanos()));
        return chance.nextDouble() < how.failRate()
                ? Answer.text(500, version + " is out of crocodiles\n")
                : Answer.text(200, version + " answers " + call.path() + "\n");
    }

    URI uri() {
        return server.uri();
    }

    boolean serves(String inNamespace, Map<String, String> selector) {
        return namespace.equals(inNamespace) && labels.entrySet().containsAll(selector.entrySet());
    }

    @Override
    public void close() {
        server.close();
    }
}
