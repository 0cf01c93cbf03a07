/// The packaged command line, as Helm and people start it: the launcher, the image, the plugin.
@NullMarked
package dev.haldane.e2e.helm;

import org.jspecify.annotations.NullMarked;
