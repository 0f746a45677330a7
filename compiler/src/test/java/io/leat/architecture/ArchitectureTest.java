package io.leat.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.leat.runtime.state.KeyedState;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.Timers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** The layout is the architecture: what may import what. No violation is stored; a new one is a failing test. */
@AnalyzeClasses(
        packages = {"io.leat.grammar", "io.leat.runtime", "io.leat.lake", "io.leat.compiler"},
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoFixtures.class})
class ArchitectureTest {
    /** The fixtures of the runtime come as a jar. Whatever builds them, classes of tests lie in a folder that is named so. */
    static final class NoFixtures implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar") && !location.contains("/test/io/leat/");
        }
    }

    private static final String GRAMMAR = "io.leat.grammar..";
    private static final String RUNTIME = "io.leat.runtime..";
    private static final String LAKE = "io.leat.lake..";
    private static final String COMPILER = "io.leat.compiler..";

    // ---- modules

    @ArchTest
    static final ArchRule GRAMMAR_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage(GRAMMAR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RUNTIME, COMPILER);

    @ArchTest
    static final ArchRule RUNTIME_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage(RUNTIME)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GRAMMAR, COMPILER, LAKE);

    /** It is found by its name, by whoever has it on the class path. */
    @ArchTest
    static final ArchRule LAKE_IS_A_LEAF = noClasses()
            .that()
            .resideInAPackage(LAKE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(GRAMMAR, COMPILER)
            .orShould()
            .dependOnClassesThat(resideInAPackage(RUNTIME)
                    .and(not(resideInAnyPackage(
                            "io.leat.runtime.memory..",
                            "io.leat.runtime.type..",
                            "io.leat.runtime.batch..",
                            "io.leat.runtime.kernel..",
                            "io.leat.runtime.decode..",
                            "io.leat.runtime.connector",
                            "io.leat.runtime.connector.format.."))));

    // ---- packages

    @ArchTest
    static final ArchRule COMPILER_FOLLOWS_THE_QUERY = inOrder(
            "io.leat.compiler",
            "type",
            "function",
            "expr",
            "catalog",
            "logical",
            "bind",
            "optimize",
            "physical",
            "codegen",
            "bytecode",
            "explain");

    @ArchTest
    static final ArchRule GRAMMAR_BUILDS_UPWARDS = inOrder("io.leat.grammar", "source", "tree", "parse");

    @ArchTest
    static final ArchRule RUNTIME_BUILDS_UPWARDS = inOrder(
            "io.leat.runtime",
            "platform",
            "memory",
            "type",
            "batch",
            "kernel",
            "window",
            "decode",
            "state",
            "aggregate",
            "pipeline",
            "connector",
            "job",
            "operator",
            "epoch",
            "local");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("io.leat.(**)").should().beFreeOfCycles();

    /** What keeps entries says how they are saved and restored. */
    @ArchTest
    static final ArchRule STATE_IS_SAVED = classes()
            .that(new DescribedPredicate<JavaClass>("hold a keyed state or timers") {
                @Override
                public boolean test(JavaClass each) {
                    return each.getFields().stream()
                            .map(JavaField::getRawType)
                            .anyMatch(
                                    type -> type.isEquivalentTo(KeyedState.class) || type.isEquivalentTo(Timers.class));
                }
            })
            .should()
            .beAssignableTo(Restorable.class);

    // ---- third parties, each in one place

    @ArchTest
    static final ArchRule ANTLR = only("io.leat.grammar.parse", "org.antlr..");

    @ArchTest
    static final ArchRule JANINO = only("io.leat.compiler.bytecode", "org.codehaus..");

    @ArchTest
    static final ArchRule CHRONICLE = only("io.leat.runtime.state.chronicle", "net.openhft..");

    @ArchTest
    static final ArchRule KAFKA = only("io.leat.runtime.connector.kafka", "org.apache.kafka..");

    @ArchTest
    static final ArchRule PARQUET = only("io.leat.lake.parquet", "org.apache.parquet..");

    @ArchTest
    static final ArchRule DATABASES = only("io.leat.runtime.connector.jdbc", "java.sql..");

    @ArchTest
    static final ArchRule ARROW = noClasses()
            .that()
            .resideInAnyPackage(GRAMMAR, COMPILER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.arrow..");

    // ---- the machine, in one place, so that a simulation can stand in for it

    @ArchTest
    static final ArchRule UNSAFE = only("io.leat.runtime.memory", "sun.misc..", "jdk.internal..");

    /** A path is a name, and the exceptions of the file system are read for messages. */
    @ArchTest
    static final ArchRule FILES = noClasses()
            .that()
            .resideOutsideOfPackage("io.leat.runtime.platform")
            .should()
            .dependOnClassesThat(named(
                    "java.nio.file.Files",
                    "java.nio.channels.FileChannel",
                    "java.io.File",
                    "java.io.RandomAccessFile",
                    "java.io.FileInputStream",
                    "java.io.FileOutputStream",
                    "java.io.FileReader",
                    "java.io.FileWriter"));

    /** What is kept or sent has a form of its own; reading objects of Java would run code that whoever wrote them has chosen. */
    @ArchTest
    static final ArchRule NO_SERIALIZED_OBJECTS = noClasses()
            .should()
            .dependOnClassesThat(
                    named("java.io.ObjectInputStream", "java.io.ObjectOutputStream", "java.io.Externalizable"));

    /** Who waits for a thread may hold it; the parser, which knows nothing of the runtime, has a deep stack of its own. */
    @ArchTest
    static final ArchRule THREADS = noClasses()
            .that(not(resideInAnyPackage("io.leat.runtime.platform", "io.leat.grammar.parse")))
            .should()
            .callCodeUnitWhere(target(owner(named("java.lang.Thread"))))
            .orShould()
            .dependOnClassesThat(named("java.util.concurrent.Executors", "java.util.concurrent.ForkJoinPool"));

    @ArchTest
    static final ArchRule RANDOM = noClasses()
            .that(not(resideInAPackage("io.leat.runtime.platform")))
            .should()
            .dependOnClassesThat(
                    named("java.util.Random", "java.util.SplittableRandom", "java.util.concurrent.ThreadLocalRandom"));

    @ArchTest
    static final ArchRule CLOCK = noClasses()
            .that(not(resideInAPackage("io.leat.runtime.platform")))
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now");

    private static DescribedPredicate<JavaClass> named(String... names) {
        List<String> all = List.of(names);
        return DescribedPredicate.describe(String.join(", ", all), type -> all.contains(type.getName()));
    }

    /** Classes of these packages are used by one package alone. */
    private static ArchRule only(String user, String... thirdParty) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(thirdParty);
    }

    /** Each package, with those inside it, knows those before it alone. */
    private static ArchRule inOrder(String base, String... names) {
        ArchRule rule = null;
        for (int i = 0; i < names.length - 1; i++) {
            String[] later = new String[names.length - 1 - i];
            for (int j = 0; j < later.length; j++) {
                later[j] = base + "." + names[i + 1 + j] + "..";
            }
            ArchRule next = noClasses()
                    .that()
                    .resideInAPackage(base + "." + names[i] + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later);
            rule = rule == null ? next : CompositeArchRule.of(rule).and(next);
        }
        return rule;
    }
}
