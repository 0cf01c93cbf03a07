package dev.haldane.webhook.demo.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;

/// The objects that come from a Deployment, with the names that they have in a cluster:
/// `<deployment>-<template's hash>-<number>`.
final class Owned {

    private static final String HASH = "pod-template-hash";

    private Owned() {}

    static ReplicaSet replicaSet(Deployment deployment) {
        var template = deployment.getSpec().getTemplate();
        String hash = hash(Serialization.asJson(template));
        return new ReplicaSetBuilder()
                .withNewMetadata()
                .withName(deployment.getMetadata().getName() + "-" + hash)
                .withNamespace(deployment.getMetadata().getNamespace())
                .withLabels(template.getMetadata().getLabels())
                .addToLabels(HASH, hash)
                .withOwnerReferences(reference("Deployment", deployment))
                .endMetadata()
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels(HASH, hash)
                .endSelector()
                .withNewTemplateLike(template)
                .editMetadata()
                .addToLabels(HASH, hash)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    /// @param number 0 and up: the same number is the same pod, so that making it twice makes one
    static Pod pod(ReplicaSet set, int number) {
        var template = set.getSpec().getTemplate();
        return new PodBuilder()
                .withNewMetadata()
                .withName(set.getMetadata().getName() + "-" + number)
                .withNamespace(set.getMetadata().getNamespace())
                .withLabels(set.getMetadata().getLabels())
                .withAnnotations(template.getMetadata().getAnnotations())
                .withOwnerReferences(reference("ReplicaSet", set))
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    private static OwnerReference reference(String kind, HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind(kind)
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    static boolean by(HasMetadata object, HasMetadata owner) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> owner.getMetadata().getUid().equals(reference.getUid()));
    }

    static Predicate<Pod> named(Pod other) {
        return pod -> pod.getMetadata().getName().equals(other.getMetadata().getName());
    }

    static int number(Pod pod) {
        String name = pod.getMetadata().getName();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
