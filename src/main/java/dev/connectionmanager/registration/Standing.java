package dev.connectionmanager.registration;

import java.util.Optional;

/**
 * What an application has registered, as one statement read it.
 *
 * @param live in the environment that was asked about
 * @param rehearsed the nearest in Path-to-Live
 * @param deleted what was registered last in that environment, where the team has deleted it and that was asked for
 * @param secretWaits whether a secret of the live one waits to be collected
 * @param suspendedInTeam whether operators keep a client of the application's team out of that environment
 * @param actorWorks whether the API credential that acts still works; of a person it is not asked
 */
public record Standing(
        Optional<RegistrationSnapshot> live,
        Optional<RegistrationSnapshot> rehearsed,
        Optional<Registration> deleted,
        boolean secretWaits,
        boolean suspendedInTeam,
        boolean actorWorks) {

    /** Once this was issued, by {@link ProductionRegistrations#issue}. */
    public Standing with(RegistrationSnapshot issued) {
        var did = live.filter(
                        before -> before.metadata().tokenEndpointAuthMethod().usesSecret())
                .isPresent();
        var does = issued.metadata().tokenEndpointAuthMethod().usesSecret();
        var waits = does && (!did || secretWaits);
        return new Standing(Optional.of(issued), rehearsed, Optional.empty(), waits, suspendedInTeam, actorWorks);
    }
}
