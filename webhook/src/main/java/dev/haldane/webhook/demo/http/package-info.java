/// HTTP on loopback, as small as the demo needs it: a call goes in, an answer comes out.
@NullMarked
package dev.haldane.webhook.demo.http;

import org.jspecify.annotations.NullMarked;
