package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.fault.Point;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.stream.Stream;

/** What the mock can do wrong on purpose, by the answer that it changes. */
@Path(MockSettings.ROOT + "/faults/page")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class FaultPages {
    private final MockSettings settings;

    FaultPages(MockSettings settings) {
        this.settings = settings;
    }

    @CheckedTemplate(basePath = "mock")
    static class Templates {
        static native TemplateInstance faults(List<FaultsAt> points, String base);
    }

    @GET
    public TemplateInstance faults() {
        return Templates.faults(
                Stream.of(Point.values())
                        .map(FaultsAt::of)
                        .filter(point -> !point.faults().isEmpty())
                        .toList(),
                settings.base());
    }

    record FaultsAt(Point point, List<Fault> faults) {
        static FaultsAt of(Point point) {
            return new FaultsAt(
                    point,
                    Stream.of(Fault.values())
                            .filter(fault -> fault.point() == point)
                            .toList());
        }
    }
}
