/// `haldane.yaml`: what a rollout is like where nobody says otherwise.
@NullMarked
package dev.haldane.postrender.config;

import org.jspecify.annotations.NullMarked;
