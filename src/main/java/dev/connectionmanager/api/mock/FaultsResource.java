package dev.connectionmanager.api.mock;

import dev.connectionmanager.api.common.ItemList;
import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.fault.Fault;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Stream;

/** What the mock can do wrong on purpose. */
@Path(MockSettings.ROOT + "/faults")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class FaultsResource {
    @GET
    public ItemList<FaultView> all() {
        return ItemList.all(Stream.of(Fault.values()).map(FaultView::of).toList());
    }

    /**
     * @param at which answer it changes
     * @param goodClient what a good relying party does about it
     */
    record FaultView(String name, String at, String goodClient) {
        static FaultView of(Fault fault) {
            return new FaultView(fault.code(), fault.point().code(), fault.goodClient());
        }
    }
}
