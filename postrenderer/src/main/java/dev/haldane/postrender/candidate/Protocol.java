package dev.haldane.postrender.candidate;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a port says about its protocol, by the rules of Istio ([protocol
/// selection](https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/)) and by what is
/// usual.
enum Protocol {
    HTTP,
    OTHER,
    SILENT;

    private static final Set<String> HTTP_NAMES = Set.of("http", "http2", "grpc");
    private static final Set<String> OTHER_NAMES = Set.of(
            "tcp",
            "tls",
            "https",
            "udp",
            "redis",
            "mongo",
            "mongodb",
            "mysql",
            "postgres",
            "postgresql",
            "kafka",
            "amqp",
            "amqps",
            "nats",
            "zookeeper",
            "cassandra",
            "cql",
            "memcached",
            "ssh",
            "smtp",
            "ldap",
            "ldaps",
            "dns",
            "jmx",
            "jdbc",
            "mqtt",
            "sip",
            "thrift",
            "etcd",
            "debug");
    private static final Set<String> HTTP_PROTOCOLS =
            Set.of("http", "http2", "grpc", "grpc-web", "kubernetes.io/h2c", "kubernetes.io/ws");
    private static final Set<Integer> OTHER_NUMBERS = Set.of(
            22, 25, 53, 389, 443, 636, 1433, 1521, 1883, 2181, 2379, 2380, 3306, 4222, 5005, 5432, 5671, 5672, 6379,
            6443, 8443, 9042, 9092, 9093, 9094, 11211, 15020, 15021, 15090, 26379, 27017);

    /// Where nothing else is said, in this order.
    static final List<Integer> USUAL = List.of(80, 8080, 8000, 3000, 5000, 8888);

    static Protocol ofAppProtocol(String appProtocol) {
        if (appProtocol.isEmpty()) {
            return SILENT;
        }
        return HTTP_PROTOCOLS.contains(appProtocol.toLowerCase(Locale.ROOT)) ? HTTP : OTHER;
    }

    /// `http`, `grpc-web`, `tcp-redis`: up to the first dash.
    static Protocol ofName(String name) {
        int dash = name.indexOf('-');
        var prefix = dash < 0 ? name : name.substring(0, dash);
        if (HTTP_NAMES.contains(prefix)) {
            return HTTP;
        }
        return OTHER_NAMES.contains(prefix) ? OTHER : SILENT;
    }

    static Protocol ofNumber(int number) {
        return OTHER_NUMBERS.contains(number) ? OTHER : SILENT;
    }
}
