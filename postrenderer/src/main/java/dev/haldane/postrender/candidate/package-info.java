/// Which Deployment can have a canary, through which Service and port, and with which settings (`DESIGN` 2). Imports
/// `rule`, `manifest` and `config`; the rules import it.
@NullMarked
package dev.haldane.postrender.candidate;

import org.jspecify.annotations.NullMarked;
