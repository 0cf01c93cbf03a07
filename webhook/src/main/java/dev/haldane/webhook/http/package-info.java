/// Two listeners: TLS for the API server's reviews and nothing else, plain HTTP for health and metrics. Javalin on
/// virtual threads. HTTP/1.1 only: it is what the API server speaks to webhooks
/// (`k8s.io/apiserver/pkg/util/webhook/client.go` offers no other protocol).
@NullMarked
package dev.haldane.webhook.http;

import org.jspecify.annotations.NullMarked;
