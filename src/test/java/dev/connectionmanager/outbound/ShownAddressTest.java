package dev.connectionmanager.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as a report writes them. */
class ShownAddressTest {
    @ParameterizedTest
    @CsvSource({
        "51.140.1.1, 51.140.1.1",
        "::ffff:51.140.1.1, 51.140.1.1",
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "64:ff9b::a00:1, 64:ff9b::a00:1 (10.0.0.1)"
    })
    void areWrittenAsPeopleWriteThem(String address, String shown) {
        assertThat(AddressRules.shown(InetAddresses.forString(address))).isEqualTo(shown);
    }
}
