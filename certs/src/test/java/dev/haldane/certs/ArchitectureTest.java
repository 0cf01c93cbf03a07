package dev.haldane.certs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = CertificateAuthority.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule BOUNCY_CASTLE_STAYS_IN_TWO_CLASSES = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(CertificateAuthority.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(Pem.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..")
            .because("a library of cryptography is a detail, and its types change with its versions");

    @ArchTest
    static final ArchRule NOBODY_REGISTERS_A_PROVIDER = noClasses()
            .should()
            .callMethod(java.security.Security.class, "addProvider", java.security.Provider.class)
            .because("a provider in the list changes what the whole process gets from the JDK, and costs its start");

    @ArchTest
    static final ArchRule CERTS_KNOWS_ONLY_THE_JDK_AND_BOUNCY_CASTLE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.haldane.certs", "java..", "javax..", "org.bouncycastle..", "org.jspecify..")
            .because("the server depends on certificates, not the other way round");

    @ArchTest
    static final ArchRule THE_TIME_IS_GIVEN = noClasses()
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("a year of rotations must fit into a test of a second");
}
