package dev.connectionmanager.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.http.Packed;
import dev.connectionmanager.http.SecurityHeadersTest;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.http.HttpClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The styles, scripts and icons, as a browser that meets a page fetches them. */
@PortalTest
class AssetsTest {
    private static final Pattern NAMED = Pattern.compile("/assets/[\\w./-]+");
    private static final HttpClient ANYBODY = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/local/openid/authorize"})
    void areThereWhereverOneIsNamedAndKeptForGood(String page) {
        var assets = of(Packed.get(ANYBODY, page));
        assertThat(assets).isNotEmpty();
        assets.forEach((address, answer) -> {
            assertThat(answer.answer().statusCode()).as(address).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).as(address).isEqualTo("public, max-age=31536000, immutable");
            assertThat(answer.header("Vary")).as(address).isEqualTo("Accept-Encoding");
            assertThat(answer.packed() || answer.size() < 300).as(address).isTrue();
            SecurityHeadersTest.assertClosed(Persons.get(ANYBODY, address));
        });
    }

    @Test
    void areOfTheTypeThatBrowsersInsistOn() {
        var types = Map.of("css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");
        of(Packed.get(ANYBODY, "/")).forEach((address, answer) -> assertThat(answer.header("Content-Type"))
                .startsWith(types.get(address.substring(address.lastIndexOf('.') + 1))));
    }

    @Test
    void makeTheStartPageNoLargerThan60Kilobytes() {
        var page = Packed.get(ANYBODY, "/");
        var assets = of(page).values();
        assertThat(assets).hasSizeGreaterThan(5);
        assertThat(page.size() + assets.stream().mapToInt(Packed::size).sum()).isLessThan(60_000);
    }

    @Test
    void arePlainForWhoeverTakesNothingElse() {
        var address = Assets.address("portal.css");
        var plain = Persons.get(ANYBODY, address);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.body()).isEqualTo(Packed.get(ANYBODY, address).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/portal.css",
                "/assets/portal.0123456789abcdef.css",
                "/assets/absent.0123456789abcdef.css",
                "/assets/images/nhsuk-icon-cross.svg"
            })
    void areAtNoAddressOfAnotherVersion(String path) {
        assertThat(Persons.get(ANYBODY, path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip, deflate, br        | true
            br;q=1.0, GZIP;q=0.5     | true
            *                        | true
            gzip;q=0                 | false
            gzip; q=0.000, br        | false
            br                       | false
            """)
    void arePackedForThoseWhoTakeGzip(String accepted, boolean taken) {
        assertThat(AssetRoutes.takesGzip(List.of(accepted))).isEqualTo(taken);
    }

    /** Those that the page names, and those that they name in turn. */
    private static Map<String, Packed> of(Packed page) {
        var assets = new LinkedHashMap<String, Packed>();
        collect(page, assets);
        return assets;
    }

    private static void collect(Packed answer, Map<String, Packed> assets) {
        NAMED.matcher(answer.text())
                .results()
                .map(found -> found.group())
                .filter(address -> !assets.containsKey(address))
                .toList()
                .forEach(address -> {
                    if (!assets.containsKey(address)) {
                        assets.put(address, Packed.get(ANYBODY, address));
                        collect(assets.get(address), assets);
                    }
                });
    }
}
