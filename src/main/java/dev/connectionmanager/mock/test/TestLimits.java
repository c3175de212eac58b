package dev.connectionmanager.mock.test;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How many tests there may be, and how much each may hold: 2 MiB in all. Its clients and its users come in one body each, of 256 KiB
 * at most; the rest is for its log, of which the oldest lines go.
 */
@Singleton
public class TestLimits {
    public static final int CLIENTS = 20;
    public static final int USERS = 200;

    private final int anHour;
    private final int alive;
    private final int ofNetwork;

    /**
     * @param anHour how many may be made from one network in an hour
     * @param alive how many there may be; a third is kept for those made with a team's credential
     * @param ofNetwork how many of them from one network
     */
    TestLimits(
            @ConfigProperty(name = "connection-manager.mock.tests-an-hour") int anHour,
            @ConfigProperty(name = "connection-manager.mock.tests-alive") int alive,
            @ConfigProperty(name = "connection-manager.mock.tests-alive-of-an-address") int ofNetwork) {
        this.anHour = anHour;
        this.alive = alive;
        this.ofNetwork = ofNetwork;
    }

    int anHour() {
        return anHour;
    }

    int alive() {
        return alive;
    }

    int ofNobody() {
        return alive - alive / 3;
    }

    int ofNetwork() {
        return ofNetwork;
    }
}
