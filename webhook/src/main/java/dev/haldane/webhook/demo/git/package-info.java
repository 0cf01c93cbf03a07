/// A Git server on loopback and the environment repository in it, without a `git` on this machine: JGit does both.
@NullMarked
package dev.haldane.webhook.demo.git;

import org.jspecify.annotations.NullMarked;
