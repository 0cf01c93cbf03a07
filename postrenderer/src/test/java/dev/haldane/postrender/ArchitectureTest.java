package dev.haldane.postrender;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may import whom: `cli → chart, plan, rule, rules, config`; `rules → rule → manifest`.
@AnalyzeClasses(packages = "dev.haldane.postrender", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.haldane.postrender";

    @ArchTest
    static final ArchRule it_stands_alone = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "..", "java..", "org.snakeyaml.engine..", "org.jspecify..")
            .because("it starts at each helm upgrade, and each library costs milliseconds");

    @ArchTest
    static final ArchRule one_package_knows_yaml = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".manifest")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..")
            .because("positions and code points are easy to get wrong");

    @ArchTest
    static final ArchRule rules_are_pure = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".rule", ROOT + ".rules", ROOT + ".manifest", ROOT + ".plan")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io", "java.nio.file..", "java.net..")
            .because("the same input must give the same output, at each door");

    @ArchTest
    static final ArchRule nobody_imports_the_command_line = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".cli")
            .allowEmptyShould(true)
            .because("the shell is outside");

    @ArchTest
    static final ArchRule only_the_command_line_touches_the_console = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli")
            .should(ACCESS_STANDARD_STREAMS)
            .because("stdout is the manifest stream");

    @ArchTest
    static final ArchRule exceptions_have_names =
            noClasses().should(THROW_GENERIC_EXCEPTIONS).because("a caller must be able to tell them apart");

    @ArchTest
    static final ArchRule no_package_cycles = slices().matching(ROOT + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("intention alone has kept no code base acyclic");

    @ArchTest
    static final ArchRule names_say_something = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("a name must say what the thing is for");
}
