package dev.connectionmanager.verification.uri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparableUriTest {
    @ParameterizedTest(name = "{0} {2} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.supplier.co.uk/cb | HTTPS://A.Supplier.CO.UK/cb      | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk./cb     | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk:443/cb  | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk:0443/cb | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk:/cb     | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/x/../cb | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/./cb    | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/%63b    | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/%2e/cb  | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/cb/     | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/cb//    | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/cb?     | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/cb#x    | is",
                "https://a.supplier.co.uk    | https://a.supplier.co.uk/        | is",
                "https://a.supplier.co.uk/c?x=%7e | https://a.supplier.co.uk/c?x=~ | is",
                "https://münchen.supplier.co.uk/cb | https://xn--mnchen-3ya.supplier.co.uk/cb | is",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/CB      | beside",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/cb2     | beside",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk/cb?x=1  | beside",
                "https://a.supplier.co.uk/cb | https://a.supplier.co.uk:8443/cb | beside",
                "https://a.supplier.co.uk/cb | http://a.supplier.co.uk/cb       | beside",
                "https://a.supplier.co.uk/cb | https://b.supplier.co.uk/cb      | apart",
                "https://a.supplier.co.uk/cb | com.supplier.app:/cb             | apart",
                "http://127.0.0.1/cb         | http://127.0.0.1:49152/cb        | is",
                "http://127.0.0.1/cb         | http://localhost:80/cb           | is",
                "http://127.0.0.1/cb         | http://[::1]/cb/                 | is",
                "http://127.0.0.1/cb         | http://127.0.0.1/other           | beside",
                "com.supplier.app:/cb        | COM.supplier.app:///cb           | is",
                "com.supplier.app://cb       | com.supplier.app://CB/           | is",
                "com.supplier.app:/cb        | com.supplier.app://cb            | beside",
                "com.supplier.app:/cb        | com.supplier.other:/cb           | apart",
                "no address at all           | no address at all                | is",
                "no address at all           | https://a.supplier.co.uk/cb      | apart",
            })
    void tellsOneAddressFromAnother(String one, String other, String verdict) {
        var first = ComparableUri.of(one);
        var second = ComparableUri.of(other);
        var seen = first.address().equals(second.address())
                ? "is"
                : first.place().equals(second.place()) ? "beside" : "apart";
        assertThat(seen).isEqualTo(verdict);
        assertThat(verdict.equals("is")).isEqualTo(first.equals(second));
    }
}
