package dev.connectionmanager.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class AddressRulesTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvFileSource(resources = "/outbound/addresses.tsv", delimiter = '\t')
    void dialsPublicAddressesOnly(String address, String dialled, String where) {
        assertThat(AddressRules.isPublic(InetAddresses.forString(address)))
                .as(where)
                .isEqualTo(dialled.equals("yes"));
    }
}
