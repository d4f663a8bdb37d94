package dev.sluice.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static String between(String before, String after) throws IOException {
        return String.join("\n", Difference.between(json(before), json(after)));
    }

    @Test
    void equalTreesHaveNone() throws IOException {
        assertThat(between("{'a':[1,{'b':null}]}", "{'a':[1,{'b':null}]}")).isEmpty();
    }

    @Test
    void tellsEntriesThatComeAndGo() throws IOException {
        assertThat(between("{'m':{'a':1,'b':2}}", "{'m':{'b':2,'c':{'d':3},'e':4}}"))
                .isEqualTo(
                        """
                        m
                        - one map entry removed:
                        -   a: 1

                        m
                        + 2 map entries added:
                        +   c:
                        +     d: 3
                        +   e: 4
                        """);
    }

    @Test
    void findsItemsByTheirNames() throws IOException {
        assertThat(
                        between(
                                "{'c':[{'name':'x','image':'a'},{'name':'y'}]}",
                                "{'c':[{'name':'y'},{'name':'x','image':'b'}]}"))
                .isEqualTo(
                        """
                        c.x.image
                        ± value change
                        - a
                        + b
                        """);
    }

    @Test
    void comparesOtherItemsByTheirPlaceOrAsAWhole() throws IOException {
        assertThat(between("{'l':[1,2]}", "{'l':[1,3]}"))
                .startsWith("l.1\n± value change\n- 2\n+ 3");
        assertThat(between("{'l':[1,2]}", "{'l':[1]}"))
                .isEqualTo("l\n- one list entry removed:\n-   - 2\n");
    }

    @Test
    void tellsWhereTheTypeChanges() throws IOException {
        assertThat(between("{'a':1}", "{'a':'1'}"))
                .startsWith("a\n± type change from number to string");
    }
}
