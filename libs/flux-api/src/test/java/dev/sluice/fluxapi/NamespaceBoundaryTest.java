package dev.sluice.fluxapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamespaceBoundaryTest {

    @Test
    void refusesAnotherNamespaceWhereItIsClosed() {
        NamespaceBoundary closed = new NamespaceBoundary(true);

        assertThat(closed.refusal("team", "GitRepository", "other", "src"))
                .contains(
                        "can't access 'GitRepository/other/src', cross-namespace references have been blocked");
        assertThat(closed.refusal("team", "GitRepository", "team", "src")).isEmpty();
    }

    @Test
    void refusesNothingWhereItIsOpen() {
        assertThat(NamespaceBoundary.OPEN.refusal("team", "GitRepository", "other", "src"))
                .isEmpty();
    }
}
