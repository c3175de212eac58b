package dev.connectionmanager.kit;

import io.quarkus.qute.Engine;
import io.quarkus.qute.ReflectionValueResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/** The kits there are, each with the names of its files; a file that comes out blank is not part of it. */
enum KitSource {
    SPRING_SECURITY("application.yaml", "SecurityConfiguration.java", "ClientAssertions.java", "SignedUserInfo.java"),
    QUARKUS("application.properties"),
    OPENID_CLIENT("package.json", "server.mjs"),
    AUTH_JS("package.json", "server.mjs"),
    AUTHLIB("app.py"),
    MOD_AUTH_OPENIDC("openidc.conf"),
    OMNIAUTH("config.ru"),
    ASPNET_CORE("Program.cs"),
    CURL("log-in.sh");

    /** What does and what does not fit the registration: a sentence, or some, a line. */
    private static final String VERDICTS = "verdicts.txt";

    /** What to know whatever is registered, likewise. */
    private static final String NOTES = "notes.txt";

    private static final ResourceBundle WORDS = ResourceBundle.getBundle("dev.connectionmanager.kit.kits", Locale.ROOT);

    /** Not that of the pages, which escapes for HTML. */
    private static final Engine TEMPLATES = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .strictRendering(true)
            .build();

    private final List<String> files;

    KitSource(String... files) {
        this.files = List.of(files);
    }

    Kit fill(KitValues values) {
        return new Kit(
                code(),
                nameOf(code()),
                WORDS.getString(code() + ".version"),
                files.stream()
                        .map(name -> new Kit.File(name, render(name, values)))
                        .filter(file -> !file.text().isBlank())
                        .toList(),
                verdicts(values),
                lines(NOTES, values));
    }

    private List<String> verdicts(KitValues values) {
        var told = lines(VERDICTS, values);
        return told.isEmpty() ? List.of(WORDS.getString("fits")) : told;
    }

    private List<String> lines(String file, KitValues values) {
        return render(file, values)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    static String nameOf(String code) {
        return WORDS.getString(code + ".name");
    }

    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String render(String file, KitValues values) {
        var id = code() + "/" + file;
        var template = TEMPLATES.getTemplate(id);
        if (template == null) {
            template = TEMPLATES.parse(read(id));
            TEMPLATES.putTemplate(id, template);
        }
        return template.render(values).stripLeading();
    }

    private static String read(String id) {
        try (var text = KitSource.class.getResourceAsStream(id)) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
