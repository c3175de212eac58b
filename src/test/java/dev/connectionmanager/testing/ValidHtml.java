package dev.connectionmanager.testing;

import java.io.File;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;

/**
 * Asks the Nu HTML checker, in this JVM: its schema takes some seconds to read, a page some milliseconds. It needs an older ICU than
 * the portal does, and so has classes of its own.
 */
public final class ValidHtml {
    private static final Path ICU = Path.of("target", "nu", "icu4j.jar");
    private static final Errors ERRORS = new Errors();
    private static Object checker;

    private ValidHtml() {}

    /** What is wrong with a page, each with where; warnings are not told. */
    public static synchronized List<String> errors(String page) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try {
            if (checker == null) {
                checker = checker();
            }
            thread.setContextClassLoader(checker.getClass().getClassLoader());
            ERRORS.found.clear();
            method("setUpValidatorAndParsers", ErrorHandler.class, boolean.class, boolean.class)
                    .invoke(checker, ERRORS, false, false);
            method("checkHtmlInputSource", InputSource.class).invoke(checker, new InputSource(new StringReader(page)));
        } finally {
            thread.setContextClassLoader(before);
        }
        var lines = page.split("\n", -1);
        return ERRORS.found.stream()
                .map(error -> error.getMessage() + " in: " + excerpt(lines, error))
                .toList();
    }

    private static Object checker() throws Exception {
        var loader = new URLClassLoader(classes(), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        var type = loader.loadClass("nu.validator.validation.SimpleDocumentValidator");
        // No log, no addresses in it, and no guess at the language: the pages say it.
        var made =
                type.getConstructor(boolean.class, boolean.class, boolean.class).newInstance(false, false, false);
        type.getMethod("setUpMainSchema", String.class, ErrorHandler.class)
                .invoke(made, "http://s.validator.nu/html5-rdfalite.rnc", ERRORS);
        return made;
    }

    private static URL[] classes() throws MalformedURLException {
        if (!Files.exists(ICU)) {
            throw new IllegalStateException(ICU + " is not there: the build copies it before the tests.");
        }
        var urls = new ArrayList<URL>();
        urls.add(ICU.toUri().toURL());
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (var entry : path.split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static Method method(String name, Class<?>... parameters) throws NoSuchMethodException {
        return checker.getClass().getMethod(name, parameters);
    }

    private static String excerpt(String[] lines, SAXParseException error) {
        var line = error.getLineNumber() < 1 || error.getLineNumber() > lines.length
                ? ""
                : lines[error.getLineNumber() - 1];
        var end = Math.max(0, Math.min(line.length(), error.getColumnNumber()));
        return line.substring(Math.max(0, end - 200), end);
    }

    private static final class Errors implements ErrorHandler {
        private final List<SAXParseException> found = new ArrayList<>();

        @Override
        public void warning(SAXParseException warning) {
            // What is merely advised.
        }

        @Override
        public void error(SAXParseException error) {
            found.add(error);
        }

        @Override
        public void fatalError(SAXParseException error) {
            found.add(error);
        }
    }
}
