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
        "::ffff:a00:1, 10.0.0.1",
        "::ffff:0:a00:1, ::ffff:0:a00:1 (10.0.0.1)",
        "::a00:1, ::a00:1 (10.0.0.1)",
        "::51.140.1.1, ::338c:101 (51.140.1.1)",
        "::, ::",
        "::1, ::1",
        "64:ff9b::a00:1, 64:ff9b::a00:1 (10.0.0.1)",
        "64:ff9b::51.140.1.1, 64:ff9b::338c:101 (51.140.1.1)",
        "64:ff9b:1::10.0.0.1, 64:ff9b:1::a00:1 (10.0.0.1)",
        // RFC 6052 section 2.4 has 192.0.2.33 behind a prefix of 48 bits so.
        "64:ff9b:1:c000:2:2100::, 64:ff9b:1:c000:2:2100:: (192.0.2.33)",
        "2002:a00:1::1, 2002:a00:1::1 (10.0.0.1)",
        "2002:338c:101:1::9, 2002:338c:101:1::9 (51.140.1.1)",
        // RFC 4380 section 4: a server at 65.54.227.120 and a client at 192.0.2.45.
        "2001:0:4136:e378:8000:63bf:3fff:fdd2, 2001:0:4136:e378:8000:63bf:3fff:fdd2 (192.0.2.45)",
        "2001:1::a00:1, 2001:1::a00:1",
        "2a00:1450::a00:1, 2a00:1450::a00:1",
        "fe80::a00:1, fe80::a00:1"
    })
    void areWrittenAsPeopleWriteThem(String address, String shown) {
        assertThat(AddressRules.shown(InetAddresses.forString(address))).isEqualTo(shown);
    }
}
