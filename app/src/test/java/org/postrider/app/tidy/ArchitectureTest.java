package org.postrider.app.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Which package may know which, read from the compiled classes of all modules.
class ArchitectureTest {

    private static final JavaClasses MAIN = importMain();

    private static JavaClasses importMain() {
        var tree = SourceTree.ofThisProject();
        var compiled =
                tree.modules().stream()
                        .map(module -> module.resolve("target").resolve("classes"))
                        .filter(Files::isDirectory)
                        .toList();
        return new ClassFileImporter().importPaths(compiled);
    }

    @Test
    void everyModuleWasRead() {
        assertThat(SourceTree.ofThisProject().modules()).hasSizeGreaterThanOrEqualTo(6);
        for (var module : Set.of("storage", "transport", "smtp", "pop3", "imap", "app")) {
            assertThat(MAIN.containPackage("org.postrider." + module)).as(module).isTrue();
        }
    }

    @Test
    void nettyAndJamesProtocolsStayInTransport() {
        only("org.postrider.transport..")
                .mayKnow("io.netty..", "org.apache.james.protocols..", "org.apache.james.core..");
    }

    @Test
    void mimeParsingStaysInTheStore() {
        // The protocols answer from what was computed once at delivery.
        only("org.postrider.storage..").mayKnow("org.apache.james.mime4j..");
    }

    @Test
    void sqlStaysInStorageJdbc() {
        only("org.postrider.storage.jdbc..")
                .mayKnow(
                        "java.sql..",
                        "javax.sql..",
                        "org.springframework.jdbc..",
                        "org.springframework.dao..",
                        "com.zaxxer..",
                        "org.flywaydb..",
                        "org.h2..",
                        "org.postgresql..");
    }

    @Test
    void springStaysInAppAndStorageJdbc() {
        only("org.postrider.app..", "org.postrider.storage.jdbc..")
                .mayKnow("org.springframework..");
        var jdbcSupport =
                resideInAnyPackage(
                        "org.springframework.jdbc..",
                        "org.springframework.dao..",
                        "org.springframework.transaction..");
        check(
                noClasses()
                        .that()
                        .resideInAPackage("org.postrider.storage.jdbc..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("org.springframework..")
                                        .and(DescribedPredicate.not(jdbcSupport)))
                        .because("the store uses Spring as a JDBC library, not as a container"));
    }

    @Test
    void theStoreKnowsNoOtherModule() {
        knowsNothingOf("storage", "transport", "smtp", "pop3", "imap", "app");
    }

    @Test
    void transportKnowsNoOtherModule() {
        knowsNothingOf("transport", "storage", "smtp", "pop3", "imap", "app");
    }

    @Test
    void theProtocolsDoNotKnowEachOther() {
        knowsNothingOf("smtp", "pop3", "imap", "app");
        knowsNothingOf("pop3", "smtp", "imap", "app");
        knowsNothingOf("imap", "smtp", "pop3", "app");
    }

    @Test
    void theProtocolsUseTheStoreByItsPorts() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                "org.postrider.smtp..",
                                "org.postrider.pop3..",
                                "org.postrider.imap..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.postrider.storage.jdbc.."));
    }

    /// The packages of the store's JDBC form, lowest first: each may know those before it.
    private static final List<String> STORE =
            List.of(
                    "org.postrider.storage.jdbc.journal",
                    "org.postrider.storage.jdbc.database",
                    "org.postrider.storage.jdbc.account",
                    "org.postrider.storage.jdbc.directory",
                    "org.postrider.storage.jdbc.view",
                    "org.postrider.storage.jdbc.group",
                    "org.postrider.storage.jdbc.command",
                    "org.postrider.storage.jdbc.lane",
                    "org.postrider.storage.jdbc.reading",
                    "org.postrider.storage.jdbc.search",
                    "org.postrider.storage.jdbc.upkeep",
                    "org.postrider.storage.jdbc.retention",
                    "org.postrider.storage.jdbc.administration",
                    "org.postrider.storage.jdbc.check",
                    "org.postrider.storage.jdbc",
                    "org.postrider.storage.jdbc.restore");

    @Test
    void thePackagesOfTheStoreStandOnEachOther() {
        for (int i = 0; i < STORE.size(); i++) {
            check(
                    noClasses()
                            .that()
                            .resideInAPackage(STORE.get(i))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    STORE.subList(i + 1, STORE.size()).toArray(String[]::new)));
        }
        var known = MAIN.that(resideInAnyPackage("org.postrider.storage.jdbc..")).stream();
        assertThat(known.map(JavaClass::getPackageName)).isSubsetOf(STORE);
    }

    /// Its packages have to see each other, so much in them is public. Nobody else sees more than
    /// what opens a store, and the name of the embedded database's file.
    @Test
    void theStoreIsOpenedByThreeClasses() {
        var inside =
                describe(
                        "are inside the store's JDBC form",
                        (JavaClass type) ->
                                type.getPackageName().startsWith("org.postrider.storage.jdbc")
                                        && !Set.of(
                                                        "JdbcStore",
                                                        "StoppedStore",
                                                        "Restore",
                                                        "JournaledPath")
                                                .contains(type.getSimpleName()));
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("org.postrider.storage.jdbc..")
                        .should()
                        .dependOnClassesThat(inside));
    }

    @Test
    void packagesFormNoCycles() {
        var byPackage =
                new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                        return SliceIdentifier.of(javaClass.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                };
        check(slices().assignedFrom(byPackage).should().beFreeOfCycles());
    }

    @Test
    void topLevelClassesAreClosed() {
        check(
                classes()
                        .that(describe("are top level", JavaClass::isTopLevelClass))
                        .should(
                                satisfy(
                                        "be final, a record, an enum, an interface or sealed",
                                        ArchitectureTest::isClosed))
                        .because("inheritance that nobody planned is the hardest to undo"));
    }

    /// A thread that is interrupted inside a read of H2 or of a body segment closes that file for
    /// every other thread (`ClosedByInterruptException`). `Future.cancel` is checked in the
    /// sources, where its argument can be seen.
    @Test
    void nobodyInterruptsAThread() {
        check(
                noClasses()
                        .should()
                        .callMethodWhere(
                                describe(
                                        "interrupts a thread", ArchitectureTest::interruptsAThread))
                        .because("an interrupt inside a file read closes the file for everyone"));
    }

    @Test
    void everyPackageIsNullMarked() {
        var marked =
                MAIN.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .filter(type -> type.isAnnotatedWith(NullMarked.class))
                        .map(JavaClass::getPackageName)
                        .toList();
        var packages = MAIN.stream().map(JavaClass::getPackageName).distinct().toList();
        assertThat(packages).isNotEmpty().allSatisfy(name -> assertThat(marked).contains(name));
    }

    private static boolean isClosed(JavaClass type) {
        return type.isInterface()
                || type.isEnum()
                || type.isRecord()
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed()
                || isPortThatMustBeAClassOfTheJdk(type);
    }

    /// A stream handed across a module border cannot be an interface: the JDK's is a class.
    private static boolean isPortThatMustBeAClassOfTheJdk(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.ABSTRACT)
                && type.getRawSuperclass()
                        .filter(parent -> parent.getPackageName().startsWith("java."))
                        .filter(parent -> !parent.isEquivalentTo(Object.class))
                        .isPresent();
    }

    private static boolean interruptsAThread(JavaCall<?> call) {
        var owner = call.getTargetOwner();
        return switch (call.getName()) {
            case "interrupt" -> owner.isAssignableTo(Thread.class) && !keepsItsOwn(call);
            // Both cancel what they no longer wait for, by interrupting it.
            case "shutdownNow", "invokeAny" -> owner.isAssignableTo(ExecutorService.class);
            case "invokeAll" ->
                    owner.isAssignableTo(ExecutorService.class)
                            && call.getTarget().getRawParameterTypes().size() > 1;
            default -> false;
        };
    }

    /// `Thread.currentThread().interrupt()`: who was interrupted by somebody else waited on, and
    /// hands it on.
    private static boolean keepsItsOwn(JavaCall<?> call) {
        return call.getOrigin().getMethodCallsFromSelf().stream()
                .filter(other -> other.getLineNumber() == call.getLineNumber())
                .anyMatch(other -> other.getName().equals("currentThread"));
    }

    private static ArchCondition<JavaClass> satisfy(
            String description, java.util.function.Predicate<JavaClass> predicate) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!predicate.test(type)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type, type.getName() + " should " + getDescription()));
                }
            }
        };
    }

    private static void knowsNothingOf(String module, String... others) {
        for (var other : others) {
            check(
                    noClasses()
                            .that()
                            .resideInAPackage("org.postrider." + module + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("org.postrider." + other + ".."));
        }
    }

    private static Home only(String... packages) {
        return new Home(packages);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    /// The packages that alone may know some library.
    private record Home(String... packages) {

        void mayKnow(String... libraries) {
            check(
                    noClasses()
                            .that()
                            .resideOutsideOfPackages(packages)
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(libraries));
        }
    }
}
