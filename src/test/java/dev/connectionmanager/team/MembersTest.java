package dev.connectionmanager.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.MemberCandidate;
import dev.connectionmanager.team.rules.NewTeam;
import dev.connectionmanager.team.rules.OwnerNaming;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.team.rules.TeamDecision;
import dev.connectionmanager.team.rules.TeamRequestCandidate;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Members and their invitations, one at a time and fifty at once. */
@PortalTest
class MembersTest {
    private static final int MANY = 50;
    private static final Actor OPERATOR = Actor.person("op", "op@supplier.example", "Op", true, Map.of());

    @Inject
    Teams teams;

    @Inject
    Members members;

    @Inject
    Invitations invitations;

    @Inject
    TeamRequests requests;

    @Inject
    Outbox outbox;

    @Inject
    EntityManager entities;

    private final UUID team = UUID.randomUUID();

    @Test
    void anOwnerRemainsWhenAllStepDownAtOnce() throws Exception {
        giveAccessToOwners(MANY);
        var told = race(i -> () -> {
            if (i % 2 == 0) {
                members.change(owner(i), team, place(i), member -> role(member, "viewer"), null);
            } else {
                members.remove(owner(i), team, place(i));
            }
            return "done";
        });
        assertThat(told).containsEntry("done", MANY - 1L).containsEntry("Conflict", 1L);
        assertThat(members.owners(OPERATOR, team)).isOne();
    }

    @Test
    void anOwnerRemainsWhenAllRemoveEachOtherAtOnce() throws Exception {
        giveAccessToOwners(MANY);
        var told = race(i -> () -> {
            members.remove(owner(i), team, place((i + 1) % MANY));
            return "done";
        });
        assertThat(told.keySet()).isSubsetOf("done", "Conflict", "NotAllowed", "NotFound");
        assertThat(members.owners(OPERATOR, team))
                .isEqualTo(MANY - told.get("done"))
                .isPositive();
    }

    @Test
    void aLinkLetsOneOfManyIn() throws Exception {
        giveAccessToOwners(1);
        members.invite(owner(0), team, Parsed.typed(new MemberCandidate("link@supplier.example", "admin")));
        var token = token("link@supplier.example");
        var told = race(i -> () -> {
            invitations.join(person("joiner-" + i), token);
            return "done";
        });
        assertThat(told).containsEntry("done", 1L).containsEntry("NotFound", MANY - 1L);
        assertThat(members.page(OPERATOR, team, null, 100).items()).hasSize(2);
    }

    @Test
    void oneRequestOfManyIsMadeAndOneDecisionOfManyCounts() throws Exception {
        var asked = race(i -> () -> {
            requests.ask(Actor.person("asker-" + i + team, address(i), "Name", false, Map.of()), request());
            return "done";
        });
        assertThat(asked).containsEntry("done", 1L).containsEntry("Conflict", MANY - 1L);
        var id = (UUID) entities.createNativeQuery("select id from team_request where team_id = ?", UUID.class)
                .setParameter(1, team)
                .getSingleResult();
        var decided = race(i -> () -> {
            requests.decide(OPERATOR, id, Parsed.typed(new TeamDecision(i % 2 == 0 ? "accept" : "decline", "Why")));
            return "done";
        });
        assertThat(decided).containsEntry("done", 1L).containsEntry("Conflict", MANY - 1L);
        assertThat(texts("select code from mail where code in ('team-request-accepted', 'team-request-declined')"
                        + " and arguments like '%Asked " + team + "%'"))
                .hasSize(1);
    }

    @Test
    void theLinkIsReadableInTheMailAloneAndWorksOnce() {
        giveAccessToOwners(1);
        var invited = members.invite(owner(0), team, Parsed.typed(new MemberCandidate("a@supplier.example", "viewer")));
        var token = token("a@supplier.example");
        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        for (var table : List.of("member", "audit_entry", "team", "team_request", "mail", "idempotency_key")) {
            assertThat(String.join("\n", texts("select cast(t as text) from " + table + " t")))
                    .as(table)
                    .doesNotContain(token);
        }
        var joiner = person("other-account");
        assertThat(invitations.find(joiner, token).orElseThrow().team().id()).isEqualTo(team);
        assertThat(invitations.join(joiner, token).id()).isEqualTo(invited.id());
        assertThat(invitations.find(person("late"), token)).isEmpty();
        assertThat(teams.rolesOf("other-account", "", "Name")).containsEntry(team, Role.VIEWER);
        assertThat(teams.rolesOf("late", "a@supplier.example", "Name"))
                .as("the place is taken")
                .doesNotContainKey(team);
        assertThat(acts()).endsWith("member-invited", "member-joined");
    }

    /** A team cannot make anybody a member without their yes, an operator least of all. */
    @Test
    void nobodyIsAMemberByBeingInvited() throws Exception {
        giveAccessToOwners(1);
        var operator = Actor.person("op-" + team, "op@" + team + ".example", "Op", true, Map.of());
        var invited = members.invite(owner(0), team, Parsed.typed(new MemberCandidate(operator.email(), "owner")));
        assertThat(teams.rolesOf(operator.subject(), operator.email(), "Op")).isEmpty();
        assertThat(teams.subjects(team)).doesNotContain(operator.subject());
        assertThat(teams.addresses(team, Role.VIEWER)).doesNotContain(operator.email());
        assertThat(members.owners(OPERATOR, team)).isOne();
        var told = race(i -> () -> {
            invitations.accept(operator, invited.id());
            return "done";
        });
        assertThat(told).containsEntry("done", 1L).containsEntry("Conflict", MANY - 1L);
        assertThat(teams.rolesOf(operator.subject(), operator.email(), "Op")).containsEntry(team, Role.OWNER);
        assertThat(acts()).endsWith("member-invited", "member-joined");
    }

    @Test
    void anOldLinkAndAReplacedOneDoNotWork() {
        giveAccessToOwners(1);
        var invited = members.invite(owner(0), team, Parsed.typed(new MemberCandidate("b@supplier.example", "viewer")));
        var first = token("b@supplier.example");
        invitations.resend(owner(0), team, invited.id());
        assertThatThrownBy(() -> invitations.join(person("x"), first)).isInstanceOf(Refusal.NotFound.class);
        var second = token("b@supplier.example");
        assertThat(second).isNotEqualTo(first);
        QuarkusTransaction.requiringNew().run(() -> entities.createNativeQuery(
                        "update member set invitation_expires_at = now() - interval '1 second' where id = ?")
                .setParameter(1, invited.id())
                .executeUpdate());
        assertThatThrownBy(() -> invitations.join(person("x"), second)).isInstanceOf(Refusal.NotFound.class);
        members.remove(owner(0), team, invited.id());
        assertThat(acts()).endsWith("member-invited", "invitation-resent", "invitation-withdrawn");
    }

    /** CWE-799: whoever is invited is not flooded, be it that the invitation is withdrawn and made anew. */
    @Test
    void anInvitationIsSentAgainEveryFewMinutesAtMost() {
        giveAccessToOwners(1);
        var address = "flood@" + team + ".example";
        var invited = invite(address);
        invitations.resend(owner(0), team, invited.id());
        assertThatThrownBy(() -> invitations.resend(owner(0), team, invited.id()))
                .isInstanceOf(Refusal.TooMany.class);
        minutesPass(6);
        invitations.resend(owner(0), team, invited.id());
        members.remove(owner(0), team, invited.id());
        assertThatThrownBy(() -> invite(address.replace("flood", "FLOOD"))).isInstanceOf(Refusal.TooMany.class);
        minutesPass(6);
        invite(address);
        assertThat(texts("select code from mail where recipient = '" + address + "'"))
                .hasSize(4);
    }

    @Test
    void anInvitationThatIsWithdrawnAndMadeAnewCountsAsSentAgain() {
        giveAccessToOwners(1);
        var address = "typed@" + team + ".example";
        members.remove(owner(0), team, invite(address).id());
        var anew = invite(address);
        assertThatThrownBy(() -> invitations.resend(owner(0), team, anew.id())).isInstanceOf(Refusal.TooMany.class);
        members.remove(owner(0), team, anew.id());
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> invite(address)).isInstanceOf(Refusal.TooMany.class);
        }
        assertThat(invite("another-" + address).resentSince(Instant.EPOCH))
                .as("nobody else's was withdrawn")
                .isFalse();
        minutesPass(6);
        members.remove(owner(0), team, invite(address).id());
        assertThat(texts("select address from withdrawn_invitation where team_id = '" + team + "'"))
                .as("kept no longer than it counts")
                .containsExactly(address);
    }

    /** Whoever comes and goes gets the mails that they have answered. */
    @Test
    void whoHasAcceptedIsInvitedAgainWhenever() {
        giveAccessToOwners(1);
        var address = "comes@" + team + ".example";
        var comes = Actor.person("comes-" + team, address, "Comes", false, Map.of());
        for (int i = 0; i < 4; i++) {
            var invited = invite(address);
            invitations.accept(comes, invited.id());
            members.remove(owner(0), team, invited.id());
        }
    }

    @Test
    void whatOneTeamInvitesNoOtherTeamIsTold() {
        giveAccessToOwners(1);
        var address = "shared@" + team + ".example";
        invitations.resend(owner(0), team, invite(address).id());
        var other = UUID.randomUUID();
        teams.giveAccess(other, "Other " + other, List.of(Category.LOCAL), Map.of("o@" + other, Role.OWNER));
        teams.rolesOf("o-" + other, "o@" + other, "Owner");
        var owner = Actor.person("o-" + other, "o@" + other, "Owner", false, Map.of(other, Role.OWNER));
        members.invite(owner, other, Parsed.typed(new MemberCandidate(address, "viewer")));
    }

    private Member invite(String email) {
        return members.invite(owner(0), team, Parsed.typed(new MemberCandidate(email, "viewer")));
    }

    /** For what the team has sent and withdrawn. */
    private void minutesPass(int minutes) {
        var sooner = " - interval '" + minutes + " minutes'";
        QuarkusTransaction.requiringNew().run(() -> List.of(
                        "member set invitation_resent_at = invitation_resent_at" + sooner,
                        "withdrawn_invitation set withdrawn_at = withdrawn_at" + sooner + ", resent_at = resent_at"
                                + sooner)
                .forEach(update -> entities.createNativeQuery("update " + update + " where team_id = ?")
                        .setParameter(1, team)
                        .executeUpdate()));
    }

    @Test
    void aMemberCannotJoinTwice() {
        giveAccessToOwners(1);
        members.invite(owner(0), team, Parsed.typed(new MemberCandidate("second@supplier.example", "owner")));
        var token = token("second@supplier.example");
        assertThatThrownBy(() -> invitations.join(owner(0), token)).isInstanceOf(Refusal.Conflict.class);
        assertThat(teams.rolesOf(owner(0).subject(), "second@supplier.example", "Name"))
                .as("nor by an address that is theirs as well")
                .containsEntry(team, Role.OWNER);
        assertThat(invitations.join(person("new"), token).role()).isEqualTo(Role.OWNER);
    }

    /** The Kelvin sign and the long s fold to k and s: CVE-2019-19844. */
    @Test
    void aLookAlikeAddressTakesNoPlace() {
        giveAccessToOwners(1);
        members.invite(owner(0), team, Parsed.typed(new MemberCandidate("kate.s@supplier.example", "owner")));
        for (var like : List.of("\u212Aate.s@supplier.example", "kate.\u017F@supplier.example")) {
            assertThat(teams.rolesOf("attacker", like, "Name")).as(like).isEmpty();
            assertThatThrownBy(() -> members.invite(owner(0), team, Parsed.typed(new MemberCandidate(like, "viewer"))))
                    .isInstanceOf(Refusal.Rejected.class);
        }
        var kate = Actor.person("kate", "KATE.S@SUPPLIER.EXAMPLE", "Name", false, Map.of());
        var invitation = invitations.page(kate, null, 100).items().get(0).member();
        for (var like : List.of("\u212Aate.s@supplier.example", "kate.\u017F@supplier.example", "")) {
            var attacker = Actor.person("attacker", like, "Name", false, Map.of());
            assertThat(invitations.page(attacker, null, 100).items()).isEmpty();
            assertThatThrownBy(() -> invitations.accept(attacker, invitation.id()))
                    .isInstanceOf(Refusal.NotFound.class);
        }
        assertThat(invitations.accept(kate, invitation.id()).team().id()).isEqualTo(team);
    }

    @Test
    void whoLostTheRoleMeanwhileCanUseItNoMore() {
        giveAccessToOwners(2);
        var asBefore = owner(1);
        members.change(owner(0), team, place(1), member -> role(member, "admin"), null);
        assertThatThrownBy(() -> members.remove(asBefore, team, place(0))).isInstanceOf(Refusal.NotAllowed.class);
        assertThat(teams.withCurrentRole(asBefore, team).roles()).containsExactly(Map.entry(team, Role.ADMIN));
        members.remove(owner(0), team, place(1));
        assertThat(teams.withCurrentRole(asBefore, team).roles()).isEmpty();
    }

    @Test
    void aChangeThatWasNotSeenIsNotOverwritten() {
        giveAccessToOwners(3);
        var seen = members.find(OPERATOR, team, place(2)).tag();
        members.change(owner(0), team, place(2), member -> role(member, "admin"), seen);
        assertThatThrownBy(() -> members.change(owner(1), team, place(2), member -> role(member, "viewer"), seen))
                .isInstanceOf(Refusal.Stale.class);
    }

    @Test
    void tellsThoseWhomItConcernsAndNobodyOfWhatWasRefused() {
        giveAccessToOwners(2);
        members.change(owner(0), team, place(1), member -> role(member, "admin"), null);
        assertThatThrownBy(() -> members.remove(owner(0), team, place(0))).isInstanceOf(Refusal.Conflict.class);
        ownersAreGoneSince(31);
        members.nameOwner(OPERATOR, team, Parsed.typed(new OwnerNaming(address(1), "The other one left")));
        members.remove(owner(1), team, place(0));
        assertThat(texts(
                        "select code || ' ' || recipient from mail where team_id = '" + team + "' order by created_at"))
                .containsExactlyInAnyOrder(
                        "member-role-changed " + address(1),
                        "member-role-changed " + address(1),
                        "owner-named " + address(0),
                        "owner-named " + address(1),
                        "member-removed " + address(0));
        assertThat(acts()).endsWith("member-role-changed", "member-role-changed", "owner-named", "member-removed");
    }

    /** Whoever decides must not gain by it, by whatever way. */
    @Test
    void operatorsCannotMakeThemselvesOwners() {
        giveAccessToOwners(1);
        var naming = Parsed.typed(new OwnerNaming("second-account@supplier.example", "Nobody answers"));
        ownersAreGoneSince(29);
        assertThatThrownBy(() -> members.nameOwner(OPERATOR, team, naming))
                .as("while an owner comes")
                .isInstanceOf(Refusal.Conflict.class);
        ownersAreGoneSince(31);
        assertThat(members.mayNameOwner(OPERATOR, team)).isTrue();
        members.nameOwner(OPERATOR, team, naming);
        assertThatThrownBy(() -> invitations.join(OPERATOR, token("second-account@supplier.example")))
                .as("by the link that they had sent")
                .isInstanceOf(Refusal.Conflict.class);
        assertThat(teams.rolesOf(OPERATOR.subject(), "second-account@supplier.example", "Op"))
                .as("by that address")
                .isEmpty();
        teams.rolesOf(owner(0).subject(), address(0), "Owner 0");
        assertThat(members.mayNameOwner(OPERATOR, team)).as("an owner is back").isFalse();

        var mine = new NewTeam(UUID.randomUUID().toString(), "Mine", List.of("local"), "OP@supplier.example");
        assertThatThrownBy(() -> teams.create(OPERATOR, Parsed.typed(mine))).isInstanceOf(Refusal.Conflict.class);
        var wish = new TeamRequestCandidate(UUID.randomUUID().toString(), "Mine", List.of("local"), "a@b.example");
        var asked = requests.ask(OPERATOR, Parsed.typed(wish)).id();
        assertThatThrownBy(() -> requests.decide(OPERATOR, asked, Parsed.typed(new TeamDecision("accept", ""))))
                .isInstanceOf(Refusal.NotAllowed.class);
    }

    /** The contact was typed by whoever asked: until somebody has come by the link in an email, it may be anybody's. */
    @Test
    void anAddressThatNobodyHasVerifiedGetsNoMailOfTheTeam() {
        var asked = requests.ask(person("asker-" + team), request()).id();
        requests.decide(OPERATOR, asked, Parsed.typed(new TeamDecision("accept", "")));
        assertThat(teams.addresses(team, Role.VIEWER)).isEmpty();
        var token = token("contact@supplier.example");
        invitations.join(person("asker-" + team), token);
        entities.clear();
        assertThat(teams.addresses(team, Role.OWNER)).containsExactly("contact@supplier.example");
        assertThat(acts())
                .containsExactlyInAnyOrder("team-created", "member-invited", "team-request-accepted", "member-joined");
    }

    private void ownersAreGoneSince(int days) {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("update member set seen_at = now() - interval '" + days
                                + " days' where role = 'OWNER' and team_id = ?")
                        .setParameter(1, team)
                        .executeUpdate());
    }

    private void giveAccessToOwners(int count) {
        teams.giveAccess(
                team,
                "Team " + team,
                List.of(Category.LOCAL),
                IntStream.range(0, count).boxed().collect(Collectors.toMap(this::address, i -> Role.OWNER)));
        for (int i = 0; i < count; i++) {
            teams.rolesOf(owner(i).subject(), address(i), "Owner " + i);
        }
    }

    private String address(int i) {
        return "owner-" + i + "@" + team + ".example";
    }

    private Actor owner(int i) {
        return Actor.person("owner-" + i + "-" + team, address(i), "Owner " + i, false, Map.of(team, Role.OWNER));
    }

    private UUID place(int i) {
        return (UUID) entities.createNativeQuery("select id from member where team_id = ? and email = ?", UUID.class)
                .setParameter(1, team)
                .setParameter(2, address(i))
                .getSingleResult();
    }

    private static Actor person(String subject) {
        return Actor.person(subject, "", "Name", false, Map.of());
    }

    private Parsed<TeamRequestCandidate> request() {
        return Parsed.typed(new TeamRequestCandidate(
                team.toString(), "Asked " + team, List.of("local"), "contact@supplier.example"));
    }

    private static Parsed<MemberCandidate> role(Member member, String role) {
        return Parsed.typed(new MemberCandidate(member.email(), role));
    }

    private String token(String recipient) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.latest(500).stream()
                .filter(mail -> mail.recipient().equals(recipient)
                        && team.equals(mail.letter().teamId())
                        && mail.letter().page().equals("invitation"))
                .map(mail -> outbox.opened(mail).arguments().get("token"))
                .findFirst()
                .orElseThrow());
    }

    private List<String> acts() {
        return texts(
                "select act from audit_entry where team_id = '" + team + "' and act not like 'mail-%' order by at");
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String query) {
        return entities.createNativeQuery(query, String.class).getResultList();
    }

    /** How often each outcome came: what the act gave, or the kind of its refusal. */
    private static Map<String, Long> race(IntFunction<Callable<String>> acts) throws Exception {
        return AtOnce.each(
                        i -> () -> {
                            try {
                                return acts.apply(i).call();
                            } catch (Refusal refusal) {
                                return refusal.getClass().getSimpleName();
                            }
                        },
                        MANY)
                .stream()
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }
}
