package dev.connectionmanager.web.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedTextTest {
    private static final String VALUE = "https://a.example.org/cb";

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\t",
                "\r\n",
                "\n",
                "\u00a0",
                "\u200b",
                "\u2003",
                "\u3000",
                "\ufeff",
                "\u2060",
                "\u202a",
                "\u200e \u00a0\r\n"
            })
    void takesOffWhatNobodySeesAroundAValue(String pasted) {
        assertThat(PastedText.cleaned(VALUE + pasted)).isEqualTo(VALUE);
        assertThat(PastedText.cleaned(pasted + VALUE)).isEqualTo(VALUE);
        assertThat(PastedText.cleaned(pasted + VALUE + pasted)).isEqualTo(VALUE);
        assertThat(PastedText.cleaned(pasted)).isEmpty();
    }

    @Test
    void leavesWhatIsInsideAValueToTheRules() {
        assertThat(PastedText.cleaned("https://a.exam\u200bple.org/c b")).isEqualTo("https://a.exam\u200bple.org/c b");
        assertThat(PastedText.cleaned("\u0000x\u0007")).isEqualTo("\u0000x\u0007");
    }

    @Test
    void keepsTheLinesOfATextAndHowFarTheyStandIn() {
        assertThat(PastedText.cleaned("\r\none  \r\n  two\r\rthree\n")).isEqualTo("one\n  two\n\nthree");
    }

    @Test
    void keepsTheLastTagOfAFlag() {
        var scotland = "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f";
        assertThat(PastedText.cleaned(scotland + " ")).isEqualTo(scotland);
    }

    @Test
    void readsOneValueALine() {
        assertThat(PastedText.lines(" a@b.nhs.uk\r\n\r\n\u00a0c@d.nhs.uk\u200b\n \n"))
                .containsExactly("a@b.nhs.uk", "c@d.nhs.uk");
    }
}
