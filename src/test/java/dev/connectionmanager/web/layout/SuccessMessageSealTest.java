package dev.connectionmanager.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

@PortalTest
class SuccessMessageSealTest {
    private static final String SAID = "The draft has been discarded";

    @Test
    void aPageTellsOfAnActToTheSessionInWhichItHappened() {
        var application = Api.newApplication("Told once").replace("/api/v1", "");
        var draft = application + "/registrations/integration/draft";
        var owner = Persons.browser("owner");
        Persons.post(owner, draft);
        var after = Persons.post(owner, draft + "/discard");
        assertThat(after.body()).contains(SAID);
        var address = after.uri().getPath() + "?" + after.uri().getQuery();
        assertThat(Persons.get(Persons.browser("owner"), address).body()).doesNotContain(SAID);
        assertThat(Persons.get(owner, address.replace("?", "/details?")).body()).doesNotContain(SAID);
    }

    @Test
    void anAddressAloneSaysNothing() {
        var application = Api.newApplication("Not told").replace("/api/v1", "");
        for (var typed : new String[] {"draft-discarded", "", "AAAA", "%F0%9F%98%80"}) {
            var page = Persons.get(Persons.browser("owner"), application + "?done=" + typed);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).doesNotContain(SAID);
        }
    }
}
