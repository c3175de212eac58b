package dev.connectionmanager.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ForcedColors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One person's browser. Every page it is asked to look at must be accessible and fit a narrow window. With {@code
 * -Dscreenshots} it keeps how each looks, wide and narrow, in {@code target/screenshots}.
 */
public final class Browser implements AutoCloseable {
    private static final List<String> WCAG_2_2_AA =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final String AXE = axe();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final boolean KEEPS_SCREENSHOTS = System.getProperty("screenshots") != null;
    private static final Set<Object> STYLES_SEEN = new HashSet<>();
    /** Started once: it takes longer than most tests. */
    private static com.microsoft.playwright.Browser chromium;

    private final BrowserContext context;
    private final boolean scripts;
    public final Page page;

    private Browser(String address, boolean scripts) {
        this(address, scripts, ForcedColors.NONE);
    }

    private Browser(String address, boolean scripts, ForcedColors colours) {
        this.scripts = scripts;
        context = chromium()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setBaseURL(address)
                        .setJavaScriptEnabled(scripts)
                        .setForcedColors(colours)
                        .setViewportSize(1280, 900));
        page = context.newPage();
        page.setDefaultTimeout(Patience.LONG.toMillis());
    }

    public static Browser open() {
        return new Browser(Persons.address(), true);
    }

    /** At a portal that is not the test's own. */
    public static Browser at(String address) {
        return new Browser(address, true);
    }

    /** As for people whose system sets a few colours of its own in the place of all others. */
    public static Browser withForcedColours() {
        return new Browser(Persons.address(), true, ForcedColors.ACTIVE);
    }

    public static Browser withoutScripts() {
        return new Browser(Persons.address(), false);
    }

    public Browser logIn(String user) {
        page.navigate("/login?login_hint=" + user);
        return this;
    }

    public Browser go(String path) {
        page.navigate(path);
        return this;
    }

    public Browser fill(String label, String value) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
        return this;
    }

    public Browser choose(String label) {
        page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).check();
        return this;
    }

    public Browser press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
        return this;
    }

    public Browser follow(String link) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .click();
        return this;
    }

    /** As if it had ended. */
    public void forgetSession() {
        context.clearCookies();
    }

    public String sessionCookie() {
        return context.cookies().stream()
                .filter(cookie -> cookie.name.equals("q_session"))
                .findFirst()
                .orElseThrow()
                .value;
    }

    public String heading() {
        return page.locator("h1").innerText().strip();
    }

    public String text() {
        return page.locator("body").innerText();
    }

    /** Looks at the page as it is: its heading, and what {@link #look} looks at. */
    public Browser sees(String heading) {
        assertThat(heading()).isEqualTo(heading);
        return look(heading);
    }

    public Browser look(String name) {
        // Between the page that was left and the next there is a document without a root, and then one that is not
        // whole.
        page.waitForLoadState();
        IssuedSecrets.fromPage(ErrorLinks.checked(page.content()));
        if (!scripts) {
            // axe is a script; the same pages are checked in browsers that run it.
            return this;
        }
        page.waitForFunction("() => document.documentElement !== null && document.readyState === 'complete'");
        screenshot(name, 1280);
        page.setViewportSize(320, 800);
        screenshot(name, 320);
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as("'%s' needs no sideways scrolling at 320 px", name)
                .isEqualTo(320);
        page.setViewportSize(1280, 900);
        assertThat(violations()).as("axe on '%s'", name).isEmpty();
        return this;
    }

    /** Asks axe itself: its builder for Playwright also tells of all that is well, which takes as long again. */
    private List<?> violations() {
        page.evaluate(AXE);
        return (List<?>) page.evaluate("""
                async ([tags, contrast]) => {
                    const found = await axe.run(document, {
                        runOnly: tags, resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}}});
                    return found.violations.map(rule => rule.id + ' ' + rule.nodes.map(node => node.html));
                }""", List.of(WCAG_2_2_AA, showsNewStyles()));
    }

    /**
     * Whether the page has an element that no page before it had, told by its name and classes and those of all it stands in. Contrast
     * depends on nothing else and takes most of axe's time.
     */
    private boolean showsNewStyles() {
        var styles = (List<?>) page.evaluate("""
                () => {
                    const styles = new Set();
                    const name = element => element.tagName + '.' + element.className + (element.disabled ? '!' : '');
                    const walk = (element, within) => {
                        const style = within + '>' + name(element);
                        styles.add(style);
                        [...element.children].forEach(child => walk(child, style));
                    };
                    walk(document.body, '');
                    return [...styles];
                }""");
        synchronized (STYLES_SEEN) {
            return styles.stream().map(STYLES_SEEN::add).reduce(false, Boolean::logicalOr);
        }
    }

    private static String axe() {
        try (var in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + ";0";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void screenshot(String name, int width) {
        if (KEEPS_SCREENSHOTS) {
            var file = name.toLowerCase().replaceAll("[^a-z0-9]+", "-") + "-" + width + ".png";
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(file)));
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static synchronized com.microsoft.playwright.Browser chromium() {
        if (chromium == null) {
            var playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            chromium = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(onPath())
                            .setArgs(List.of(
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync")));
        }
        return chromium;
    }

    /** The one without windows, where there is one: it does the same in less time. */
    private static Path onPath() {
        return Stream.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "No Chromium on the PATH. 'mvn verify' installs one on Debian and Ubuntu; elsewhere install it first."));
    }
}
