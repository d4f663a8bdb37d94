package dev.sluice.fetcher.ignore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {

    private static final List<String> TREE =
            List.of(
                    ".git/",
                    ".git/config",
                    ".gitignore",
                    ".github/",
                    ".github/w.yaml",
                    ".sops.yaml",
                    "a.yaml",
                    "app/",
                    "app/.sops.yaml",
                    "app/logo.png",
                    "app/pack.tar.gz",
                    "app/web.yaml",
                    "docs/",
                    "docs/guide.md");

    @Test
    void withoutRulesTheDefaultExclusionsHold() {
        assertThat(kept(Map.of(), null))
                .containsExactly("a.yaml", "app/", "app/web.yaml", "docs/", "docs/guide.md");
    }

    @Test
    void anyRuleTakesTheDefaultsAwayButForVersionControl() {
        List<String> allButGitAndDocs =
                List.of(
                        ".github/",
                        ".github/w.yaml",
                        ".sops.yaml",
                        "a.yaml",
                        "app/",
                        "app/.sops.yaml",
                        "app/logo.png",
                        "app/pack.tar.gz",
                        "app/web.yaml");

        assertThat(kept(Map.of(), "docs/\n")).isEqualTo(allButGitAndDocs);
        assertThat(kept(Map.of("", "docs/"), null)).isEqualTo(allButGitAndDocs);
        assertThat(kept(Map.of("app", "nothing"), "docs")).isEqualTo(allButGitAndDocs);
    }

    @Test
    void commentsAndBlankLinesAreNoRules() {
        assertThat(kept(Map.of("", "\n   \n"), "# docs\n")).isEqualTo(kept(Map.of(), null));
    }

    @Test
    void aFileOfRulesHoldsForItsOwnDirectory() {
        IgnoreRules rules = IgnoreRules.of(Map.of("docs", "img\n/top.md"), null);

        assertThat(rules.excludes("docs/img", true)).isTrue();
        assertThat(rules.excludes("docs/deep/img/y.txt", false)).isTrue();
        assertThat(rules.excludes("docs/top.md", false)).isTrue();
        assertThat(rules.excludes("docs/deep/top.md", false)).isFalse();
        assertThat(rules.excludes("other/img", true)).isFalse();
        assertThat(rules.excludes("docs", true)).isFalse();
    }

    @Test
    void theRulesOfTheSpecComeLast() {
        IgnoreRules rules = IgnoreRules.of(Map.of("", "*.md"), "!README.md");

        assertThat(rules.excludes("README.md", false)).isFalse();
        assertThat(rules.excludes("NEWS.md", false)).isTrue();
    }

    @Test
    void theRulesOfADirectoryComeAfterThoseAboveIt() {
        IgnoreRules rules =
                IgnoreRules.of(Map.of("", "*.txt", "keep", "!*.txt", "keep-not", "x"), null);

        assertThat(rules.excludes("keep/a.txt", false)).isFalse();
        assertThat(rules.excludes("a.txt", false)).isTrue();
    }

    @Test
    void bringsAFileBackOutOfADirectoryThatIsLeftOut() {
        IgnoreRules rules = IgnoreRules.of(Map.of(), "vendor/\n!vendor/keep/k.go\n");

        assertThat(rules.excludes("vendor", true)).isTrue();
        assertThat(rules.excludes("vendor/keep", true)).isTrue();
        assertThat(rules.excludes("vendor/keep/k.go", false)).isFalse();
        assertThat(rules.excludes("vendor/other.go", false)).isTrue();
    }

    @Test
    void allowsOneDirectoryOnly() {
        assertThat(kept(Map.of(), "/*\n!/app\n"))
                .containsExactly(
                        "app/",
                        "app/.sops.yaml",
                        "app/logo.png",
                        "app/pack.tar.gz",
                        "app/web.yaml");
    }

    /** Pattern, path (a directory ends in a slash), whether it is left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a.yaml a.yaml true",
                "a.yaml d/a.yaml true",
                "/a.yaml d/a.yaml false",
                "a d/a/b.txt true",
                "a/ d/a/b.txt true",
                "a/ d/a false",
                "a/ d/a/ true",
                "*.md docs/x.md true",
                "*.md docs/x.mdx false",
                "d/** d/ true",
                "d/** d/e/f true",
                "d/** d false",
                "d/**/f d/f true",
                "d/**/f d/e/g/f true",
                "d/**/f d/e/g false",
                "**/f f true",
                "**/f a/b/f true",
                "**/d/ a/d/ true",
                "**/d/ a/d false",
                "a/b a/b/c true",
                "a/b x/a/b false",
                "a/b a/ false",
                "./a a false",
                "./a/** a/b false",
                "clusters/**/flux-system/ clusters/x/flux-system/g.yaml true",
                "./clusters/**/flux-system/ clusters/x/flux-system/g.yaml false",
                "a**b aXb true",
                "x/a**b x/aXb false",
                "[a-c].txt b.txt true",
                "[^a-c].txt b.txt false",
                "[^a-c].txt d.txt true",
                "[!a].txt b.txt false",
                "[ab a false",
                "\\*.md *.md true",
                "\\*.md x.md false",
                "?.md x.md true",
                "?.md xy.md false",
                "*a*b*c xaybzc true",
                "*a*b*c xaybz false",
                "a/*/c a/b/c true",
                "a/*/c a/b/b/c false",
                "ünï* ünïcödé true",
                "/ a false",
                "** a/b true",
            })
    void matchesAsFluxDoes(String pattern, String path, boolean excluded) {
        IgnoreRules rules = IgnoreRules.of(Map.of(), pattern);

        assertThat(rules.excludes(strip(path), path.endsWith("/"))).isEqualTo(excluded);
    }

    @Test
    void trailingSpacesAreNoPartOfAPatternUnlessEscaped() {
        assertThat(IgnoreRules.of(Map.of(), "a.md   ").excludes("a.md", false)).isTrue();
        assertThat(IgnoreRules.of(Map.of(), "a.md\\ ").excludes("a.md ", false)).isTrue();
    }

    @Test
    void aPatternOfManyStarsIsMatchedInNoTime() {
        IgnoreRules rules = IgnoreRules.of(Map.of(), "*a".repeat(200) + "b");

        assertThat(rules.excludes("a".repeat(4000), false)).isFalse();
    }

    private static List<String> kept(Map<String, String> files, @Nullable String own) {
        IgnoreRules rules = IgnoreRules.of(files, own);
        Stream<String> paths = TREE.stream();
        return paths.filter(path -> !rules.excludes(strip(path), path.endsWith("/"))).toList();
    }

    private static String strip(String path) {
        return path.endsWith("/") && path.length() > 1
                ? path.substring(0, path.length() - 1)
                : path;
    }
}
