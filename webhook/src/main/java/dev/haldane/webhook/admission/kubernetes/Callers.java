package dev.haldane.webhook.admission.kubernetes;

import java.net.URI;
import java.util.List;

/// How the API server finds us, and so which names our certificate has.
public sealed interface Callers {

    List<String> names();

    /// In a cluster: by a Service.
    record ByService(String namespace, String name, int port) implements Callers {
        @Override
        public List<String> names() {
            var name = this.name + "." + namespace + ".svc";
            return List.of(name, name + ".cluster.local");
        }
    }

    /// From outside: by `https://HOST:PORT`, without a path.
    record ByUrl(URI url) implements Callers {
        public ByUrl {
            if (!"https".equals(url.getScheme()) || url.getHost() == null) {
                throw new IllegalArgumentException("not https://HOST:PORT: " + url);
            }
        }

        @Override
        public List<String> names() {
            var host = url.getHost();
            return List.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        }
    }
}
