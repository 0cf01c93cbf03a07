package dev.haldane.webhook;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may import whom, one rule for each line of ARCHITECTURE.md. A rule's reason is what a violation costs.
@AnalyzeClasses(packages = "dev.haldane.webhook", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.haldane.webhook";
    private static final String[] CORE = {ROOT + ".canary..", ROOT + ".analysis..", ROOT + ".rollout.."};
    private static final String[] FEATURES = {
        ROOT + ".store..",
        ROOT + ".workload..",
        ROOT + ".routing..",
        ROOT + ".metrics..",
        ROOT + ".events..",
        ROOT + ".gitops.."
    };

    private static final DescribedPredicate<JavaClass> PORTS_AND_VALUES = INTERFACES
            .or(assignableTo(Record.class))
            .or(assignableTo(Enum.class))
            .or(assignableTo(Throwable.class))
            .as("interfaces, records, enums and exceptions");

    @ArchTest
    static final ArchRule the_core_is_pure = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    CORE[0],
                    CORE[1],
                    CORE[2],
                    "java.lang..",
                    "java.math..",
                    "java.text..",
                    "java.time..",
                    "java.util",
                    "java.util.function..",
                    "java.util.stream..",
                    "org.jspecify..")
            .because("what we decide must not depend on how we do it");

    @ArchTest
    static final ArchRule the_core_has_no_clock = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .callMethod("java.time.Instant", "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class)
            .because("the same input must give the same answer");

    @ArchTest
    static final ArchRule kubernetes_is_a_detail = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT,
                    ROOT + ".serve..",
                    ROOT + ".cluster..",
                    ROOT + ".store..",
                    ROOT + ".workload..",
                    ROOT + ".routing..",
                    ROOT + ".events..",
                    ROOT + ".admission.kubernetes..",
                    ROOT + ".doctor..",
                    ROOT + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .because("only adapters talk to the API server");

    @ArchTest
    static final ArchRule http_is_a_detail = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".http..", ROOT + ".admission..", ROOT + ".dashboard..", ROOT + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
            .because("the loop must run without a web server");

    @ArchTest
    static final ArchRule cryptography_is_in_certs = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..")
            .because("one module knows how certificates are made");

    @ArchTest
    static final ArchRule git_is_a_detail = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + ".gitops..", ROOT + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit..")
            .because("one package writes to repositories");

    @ArchTest
    static final ArchRule features_are_peers = slices().matching(ROOT + ".(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(not(resideInAnyPackage(FEATURES)), DescribedPredicate.alwaysTrue())
            .ignoreDependency(DescribedPredicate.alwaysTrue(), not(resideInAnyPackage(FEATURES)))
            .because("a mesh must not know of Git, nor Git of Prometheus");

    @ArchTest
    static final ArchRule the_loop_holds_ports_not_adapters = noClasses()
            .that()
            .resideInAPackage(ROOT + ".loop..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(FEATURES).and(not(PORTS_AND_VALUES)))
            .allowEmptyShould(true)
            .because("a loop that knows an adapter cannot be tested without it");

    @ArchTest
    static final ArchRule nobody_imports_the_shell = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".serve..", ROOT + ".loop..", ROOT + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, ROOT + ".serve..", ROOT + ".loop..", ROOT + ".demo..")
            .because("the shell is outside");

    @ArchTest
    static final ArchRule only_the_entry_knows_the_demo = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".demo..")
            .because("production must not lean on what exists to be shown");

    @ArchTest
    static final ArchRule no_package_cycles = slices().matching(ROOT + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("intention alone has kept no code base acyclic");

    @ArchTest
    static final ArchRule only_the_entry_touches_the_console = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".serve..", ROOT + ".demo..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("everybody else logs");

    @ArchTest
    static final ArchRule exceptions_have_names =
            noClasses().should(THROW_GENERIC_EXCEPTIONS).because("a caller must be able to tell them apart");

    @ArchTest
    static final ArchRule names_say_something = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("a name must say what the thing is for");

    @ArchTest
    static final ArchRule values_do_not_change = fields().that()
            .areDeclaredInClassesThat()
            .areAssignableTo(Record.class)
            .should()
            .beFinal()
            .because("a value that changes is a place");
}
