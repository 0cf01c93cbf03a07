/// `haldane doctor`: looks at a cluster, and says what to mend. It changes nothing.
@NullMarked
package dev.haldane.webhook.doctor;

import org.jspecify.annotations.NullMarked;
