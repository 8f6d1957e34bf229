package org.postrider.app.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What STYLE.md asks for and a machine can see in the files themselves.
class TidyTest {

    private static final SourceTree TREE = SourceTree.ofThisProject();
    private static final JavaSources JAVA = JavaSources.of(TREE.java().toList());

    private static final Pattern NAME_THAT_SAYS_NOTHING =
            Pattern.compile(".*(Utils?|Helper|Manager|Impl)|(Abstract|Base)[A-Z].*");

    /// Standards use such words too: the base subject of RFC 5256 is one.
    private static final Set<String> NOUNS_OF_STANDARDS = Set.of("BaseSubject");

    private static final Set<String> CLOCK_READS =
            Set.of(
                    "Instant.now",
                    "System.currentTimeMillis",
                    "LocalDate.now",
                    "LocalDateTime.now",
                    "OffsetDateTime.now",
                    "ZonedDateTime.now",
                    "Clock.systemUTC",
                    "Clock.systemDefaultZone",
                    "InstantSource.system");

    private static final Set<String> WRITTEN_BY_HAND =
            Set.of(
                    ".java",
                    ".sql",
                    ".sh",
                    ".xml",
                    ".yaml",
                    ".yml",
                    ".properties",
                    ".md",
                    ".html",
                    ".css",
                    ".js",
                    ".py",
                    "/postrider",
                    "/.ci/run",
                    "/.ci/long",
                    "/.ci/stages",
                    "Dockerfile");

    private static final Pattern OUR_PATH =
            Pattern.compile(
                    "(\\./)?([\\w-]+-module(/[\\w./-]*)?"
                            + "|(app|docs|docker|bench|\\.ci|\\.github|\\.mvn)/[\\w./-]*"
                            + "|[\\w-]+\\.(md|xml|txt))");

    private static final int LONG_FILE = 400;
    private static final int TOO_LONG_FILE = 600;
    private static final int LONG_METHOD = 40;

    @Test
    void namesSayWhatAThingIs() {
        assertNone(
                JAVA.types().stream()
                        .filter(type -> NAME_THAT_SAYS_NOTHING.matcher(type.name()).matches())
                        .filter(type -> !NOUNS_OF_STANDARDS.contains(type.name()))
                        .map(TidyTest::place));
    }

    @Test
    void nothingSleeps() {
        // A test that sleeps is slow on a fast machine and fails on a slow one.
        assertNone(
                JAVA.selections().stream()
                        .filter(named("Thread.sleep", "TimeUnit.SECONDS.sleep"))
                        .map(TidyTest::place));
    }

    @Test
    void onlyTheConsoleWritesToStandardOutput() {
        assertNone(
                JAVA.selections().stream()
                        .filter(named("System.out", "System.err"))
                        .filter(selection -> TREE.isMain(selection.file()))
                        .filter(selection -> !isConsole(selection.file()))
                        .map(TidyTest::place));
    }

    @Test
    void onlyTheWiringReadsAClock() {
        assertNone(
                JAVA.selections().stream()
                        .filter(selection -> CLOCK_READS.contains(selection.name()))
                        .filter(selection -> TREE.isMain(selection.file()))
                        .filter(selection -> !TREE.name(selection.file()).startsWith("app/"))
                        .map(TidyTest::place));
    }

    /// The other half of [ArchitectureTest#nobodyInterruptsAThread()]: `cancel(false)` and
    /// `cancel()` of other things are harmless.
    @Test
    void noFutureIsCancelledByAnInterrupt() {
        assertNone(
                JAVA.calls().stream()
                        .filter(call -> TREE.isMain(call.file()))
                        .filter(call -> call.method().equals("cancel"))
                        .filter(call -> call.arguments().size() == 1)
                        .filter(call -> !call.arguments().equals(List.of("false")))
                        .map(call -> place(call.file(), call.line(), "cancel")));
    }

    @Test
    void testsAreNeitherDisabledNorMocked() {
        assertNone(
                Stream.concat(
                        JAVA.annotations().stream()
                                .filter(annotation -> annotation.name().startsWith("Disabled"))
                                .map(TidyTest::place),
                        JAVA.imports().stream()
                                .filter(imported -> imported.name().startsWith("org.mockito"))
                                .map(TidyTest::place)));
    }

    @Test
    void filesAndMethodsStayShort() {
        var tooLong = new TreeSet<String>();
        for (var file : TREE.java().toList()) {
            var lines = TREE.text(file).lines().count();
            if (lines > TOO_LONG_FILE) {
                tooLong.add(place(file, lines, "is the last line"));
            } else if (lines > LONG_FILE) {
                System.out.println("[tidy] long file: " + TREE.name(file) + ", " + lines);
            }
        }
        JAVA.methods().stream()
                .filter(method -> method.lines() > LONG_METHOD)
                .map(method ->
                        "[tidy] long method: "
                                + place(method.file(), method.line(), method.name())
                                + ", "
                                + method.lines())
                .forEach(System.out::println);
        assertThat(tooLong).isEmpty();
    }

    @Test
    void everyCitedRfcIsInTheIndexAndEveryClaimIsCited() {
        var index = RfcIndex.parse(TREE.utf8(TREE.root().resolve("docs/rfc-index.txt")));
        var known = index.rows().stream().map(RfcIndex.Row::number).collect(Collectors.toSet());
        assertThat(index.rows()).as("each RFC once").hasSameSizeAs(known);

        var claimed =
                index.rows().stream()
                        .filter(RfcIndex.Row::claimed)
                        .map(RfcIndex.Row::number)
                        .collect(Collectors.toCollection(TreeSet::new));
        var withoutRow = citedRfcs(file -> true);
        withoutRow.removeAll(known);
        assertThat(withoutRow).as("cited, without a row in docs/rfc-index.txt").isEmpty();
        claimed.removeAll(citedRfcs(TREE::isMain));
        assertThat(claimed).as("claimed, cited nowhere in main code").isEmpty();
    }

    @Test
    void everyPathThatADocumentNamesExists() {
        var missing = new TreeSet<String>();
        for (var document : documents()) {
            Pattern.compile("`([^`\\s]+)`")
                    .matcher(TREE.utf8(document))
                    .results()
                    .map(quoted -> quoted.group(1))
                    .filter(TidyTest::isPath)
                    .filter(path -> !Files.exists(TREE.root().resolve(path)))
                    .forEach(path -> missing.add(TREE.name(document) + " names " + path));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyConfigurationKeyIsDocumentedAndEveryDocumentedKeyExists() {
        var keys = ConfigurationKeys.of(TREE.root().resolve("app/target/classes"));
        var page = TREE.root().resolve("docs/configuration.md");
        var documented = new TreeSet<String>();
        if (Files.exists(page)) {
            // A row of the page's tables begins with the key.
            Pattern.compile("(?m)^\\|\\s*`(postrider\\.[^`]+)`")
                    .matcher(TREE.utf8(page))
                    .results()
                    .forEach(row -> documented.add(row.group(1)));
        }
        assertThat(documented).as("docs/configuration.md").isEqualTo(keys);
    }

    @Test
    void everyMigrationExistsForBothDatabases() {
        var h2 = migrations("h2");
        var common = migrations("common");
        // What the other database does not need is called differently there.
        assertThat(versions(h2)).isEqualTo(versions(migrations("postgresql")));
        var twice = versions(common);
        twice.retainAll(versions(h2));
        assertThat(twice).as("versions both in common and in a database's own").isEmpty();
    }

    @Test
    void nothingIsPutOff() {
        assertNoneMatches(
                TREE.withSuffix(WRITTEN_BY_HAND), Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b"));
    }

    /// A path of somebody's machine works on that machine only.
    @Test
    void noPathOfADevelopersMachineIsNamed() {
        assertNoneMatches(
                TREE.withSuffix(WRITTEN_BY_HAND),
                Pattern.compile(
                        "(?<![\\w.~}-])/(work|home/\\w+|Users/\\w+)/|[A-Z]:\\\\\\\\?Users"));
    }

    private static boolean isConsole(Path file) {
        return TREE.name(file).startsWith("app/src/main/java/org/postrider/app/cli/");
    }

    private static Predicate<JavaSources.Named> named(String... names) {
        return selection -> Set.of(names).contains(selection.name());
    }

    private static SortedSet<Integer> citedRfcs(Predicate<Path> files) {
        return TREE.withSuffix(Set.of(".java", ".sql"))
                .filter(files)
                .map(TREE::text)
                .flatMap(
                        text -> Pattern.compile("\\bRFC[ -]?(\\d{3,5})\\b").matcher(text).results())
                .map(citation -> Integer.valueOf(citation.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> documents() {
        return TREE.withSuffix(Set.of(".md"))
                .filter(file -> !TREE.name(file).contains("/src/"))
                .toList();
    }

    /// Whether something quoted in a document means a file of the project: it begins with one of
    /// its directories or ends as its files do. Media types and the like do neither.
    private static boolean isPath(String quoted) {
        return OUR_PATH.matcher(quoted).matches() && !quoted.contains("target/");
    }

    private static SortedSet<String> migrations(String database) {
        var directory = "storage-module/src/main/resources/db/migration/" + database + "/";
        return TREE.files().stream()
                .map(TREE::name)
                .filter(name -> name.startsWith(directory))
                .map(name -> name.substring(directory.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// `V3__queue.sql` → `V3`
    private static SortedSet<String> versions(Set<String> migrations) {
        return migrations.stream()
                .map(name -> name.replaceFirst("__.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertNoneMatches(Stream<Path> files, Pattern banned) {
        assertNone(files.flatMap(file -> matches(file, banned)));
    }

    private static Stream<String> matches(Path file, Pattern banned) {
        var text = TREE.text(file);
        return banned.matcher(text)
                .results()
                .map(found -> place(file, line(text, found), found.group()));
    }

    private static long line(String text, MatchResult found) {
        return text.substring(0, found.start()).lines().count();
    }

    private static void assertNone(Stream<String> places) {
        assertThat(places.distinct().sorted().toList()).isEmpty();
    }

    private static String place(JavaSources.Named named) {
        return place(named.file(), named.line(), named.name());
    }

    private static String place(Path file, long line, String what) {
        return TREE.name(file) + ":" + line + " " + what;
    }
}
