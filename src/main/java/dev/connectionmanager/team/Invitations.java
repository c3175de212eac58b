package dev.connectionmanager.team;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.mail.Recipients;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How invited people join a team: each by their own yes, never by being invited. They say it to an invitation of their verified
 * email address, or by the one-time link in the email, whatever address the OpenID Provider knows of them. The token of
 * the link is in the email alone; the database keeps its hash.
 */
@ApplicationScoped
public class Invitations {
    /** How long a link works. */
    public static final Duration LIFETIME = Duration.ofDays(14);

    static final String LETTER = "invitation";

    /** So long after an invitation was sent again it is not sent once more. Policy. */
    private static final Duration BETWEEN = Duration.ofMinutes(5);

    private static final int TOKEN_BYTES = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Stores.TeamStore teams;
    private final Stores.MemberStore members;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Invitations(Stores.TeamStore teams, Stores.MemberStore members, Outbox outbox, AuditTrail trail, Clock clock) {
        this.teams = teams;
        this.members = members;
        this.outbox = outbox;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * What a link leads to.
     *
     * @param alreadyMember whether the actor is a member of the team already
     */
    public record Invitation(Team team, Member member, boolean alreadyMember) {}

    /**
     * @param token as in the link
     * @return empty for a link that was never sent, was used, withdrawn, replaced or is too old
     */
    public Optional<Invitation> find(Actor actor, String token) {
        actor.mustBePerson();
        return invited(token)
                .map(member -> new Invitation(
                        teams.findById(member.teamId()),
                        member,
                        members.known(member.teamId(), actor.subject()).isPresent()));
    }

    /**
     * One page of the invitations to the actor's verified email address that they have not answered, the oldest first.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<Invitation> page(Actor actor, Cursor after, int limit) {
        actor.mustBePerson();
        var found = members.invitations(actor, after, limit + 1);
        var named = teams.list("id in ?1", found.stream().map(Member::teamId).toList()).stream()
                .collect(Collectors.toMap(Team::id, team -> team));
        return Page.of(
                found.stream()
                        .map(member -> new Invitation(named.get(member.teamId()), member, false))
                        .toList(),
                limit,
                invitation -> Cursor.at(
                        invitation.member().createdAt(), invitation.member().id()));
    }

    /**
     * Makes the actor the member that their verified email address was invited as; the link in the email works no more.
     *
     * @return what they have joined
     * @throws Refusal.NotFound when their address is not invited by this invitation, or was withdrawn
     * @throws Refusal.Conflict when the actor is a member of the team already, or has sent the invitation
     */
    @Transactional
    public Invitation accept(Actor actor, UUID id) {
        var found = own(actor, id);
        var team = teams.lock(found.teamId());
        members.getEntityManager().refresh(found, LockModeType.PESSIMISTIC_WRITE);
        if (found.joined() && !found.isPlaceOf(actor)) {
            throw new Refusal.NotFound();
        }
        return new Invitation(team, join(actor, found), true);
    }

    /**
     * Makes the actor the member that the link invites; the link works no more.
     *
     * @throws Refusal.NotFound where {@link #find} finds none
     * @throws Refusal.Conflict when the actor is a member of the team already, or has sent the invitation
     */
    @Transactional
    public Member join(Actor actor, String token) {
        actor.mustBePerson();
        var found = invited(token).orElseThrow(Refusal.NotFound::new);
        teams.lock(found.teamId());
        // Somebody may have been first: what counts is what the row says now that it is ours.
        members.getEntityManager().refresh(found, LockModeType.PESSIMISTIC_WRITE);
        return join(actor, invited(token).orElseThrow(Refusal.NotFound::new));
    }

    /**
     * Says no to an invitation of the actor's verified email address: it is gone, and so is the link in the email.
     *
     * @throws Refusal.NotFound when their address is not invited by this invitation
     */
    @Transactional
    public void decline(Actor actor, UUID id) {
        var found = own(actor, id);
        // Read again once it is locked: it may have been withdrawn meanwhile.
        members.getEntityManager().detach(found);
        var team = teams.lock(found.teamId());
        var member =
                members.lock(found.teamId(), id).filter(one -> !one.joined()).orElseThrow(Refusal.NotFound::new);
        withdraw(member);
        members.delete(member);
        tellOfDeclining(team, member);
        trail.write(actor.auditEntry(
                "invitation-declined", member.teamId(), "member", id.toString(), null, member.trace(), null));
    }

    /** Who invited is told; where they own the team no more, or never were in it, its owners; where there are none, the operators. */
    private void tellOfDeclining(Team team, Member declined) {
        var letter = new Letter(
                "invitation-declined",
                team.id(),
                Map.of(
                        "who", declined.email(),
                        "role", declined.role().code(),
                        "team", team.name(),
                        "team_id", team.id().toString()),
                "members");
        var owners = members.joined(team.id()).stream()
                .filter(one -> one.role() == Role.OWNER)
                .toList();
        var inviting = owners.stream().filter(declined::wasInvitedBy).toList();
        if (owners.isEmpty()) {
            outbox.postToOperators(letter);
        } else {
            outbox.post(
                    letter,
                    (inviting.isEmpty() ? owners : inviting)
                            .stream().map(Member::email).toList());
        }
    }

    /** @throws Refusal.NotFound unless it is to the actor's verified email address */
    private Member own(Actor actor, UUID id) {
        actor.mustBePerson();
        return members.findByIdOptional(id)
                .filter(member -> actor.hasAddress(member.email()))
                .orElseThrow(Refusal.NotFound::new);
    }

    private Member join(Actor actor, Member member) {
        if (members.known(member.teamId(), actor.subject()).isPresent()) {
            throw new Refusal.Conflict(Reason.MEMBER_ALREADY);
        }
        if (member.wasInvitedBy(actor)) {
            throw new Refusal.Conflict(Reason.INVITATION_OWN);
        }
        member.join(actor, clock.instant());
        members.flush();
        traceJoining(actor, member);
        return member;
    }

    /**
     * Sends an invitation again, with a new link; the old one works no more.
     *
     * @throws Refusal.Conflict when the person has joined
     * @throws Refusal.TooMany when it was sent again within the last minutes
     */
    @Transactional
    public Member resend(Actor actor, UUID teamId, UUID memberId) {
        actor.mustBe(Role.OWNER, teamId);
        var team = teams.lock(teamId);
        var member = members.lock(teamId, memberId).orElseThrow(Refusal.NotFound::new);
        if (member.joined()) {
            throw new Refusal.Conflict(Reason.MEMBER_JOINED);
        }
        if (member.resentSince(clock.instant().minus(BETWEEN))) {
            throw justSent();
        }
        member.resent(clock.instant());
        issue(actor, team, member, LETTER);
        members.flush();
        trail.write(actor.auditEntry(
                "invitation-resent",
                teamId,
                "member",
                memberId.toString(),
                member.version(),
                member.trace(),
                member.trace()));
        return member;
    }

    /**
     * Gives an invited member a link and posts it, in the caller's transaction.
     *
     * @param letter the code of the letter that it is posted in
     */
    void issue(Actor actor, Team team, Member member, String letter) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        member.invite(hash(token), clock.instant().plus(LIFETIME), actor);
        outbox.post(
                new Letter(
                        letter,
                        team.id(),
                        Map.of(
                                "team", team.name(),
                                "role", member.role().code(),
                                "by", actor.name(),
                                "token", token,
                                "days", Long.toString(LIFETIME.toDays())),
                        "invitation"),
                Recipients.strangers(List.of(member.email())));
    }

    /**
     * An invitation that was withdrawn and is made anew is one that is sent again, under the team's lock. Of this team alone:
     * no team is to tell by a refusal whom another one invites, nor to keep it from inviting.
     *
     * @param member not yet in the database
     * @throws Refusal.TooMany when it was sent again within the last minutes
     */
    void renew(Member member) {
        var now = clock.instant();
        var since = now.minus(BETWEEN);
        members.withdrawnSince(member, since).ifPresent(resentAt -> {
            if (resentAt.isAfter(since)) {
                throw justSent();
            }
            member.resent(now);
        });
    }

    /** Remembers an invitation that is withdrawn for as long as {@link #renew} asks for it; the caller deletes the member. */
    void withdraw(Member member) {
        var now = clock.instant();
        members.withdraw(member, now, now.minus(BETWEEN));
    }

    private static Refusal.TooMany justSent() {
        return new Refusal.TooMany((int) BETWEEN.toSeconds(), Reason.INVITATION_JUST_SENT, BETWEEN.toMinutes());
    }

    /** Makes a person the member that their verified email address was given a place for, unless somebody else was first. */
    void take(Member place, Actor person) {
        // Requests come side by side, perhaps of two people: the database decides who was first, and what was read
        // before that counts no more.
        members.getEntityManager().detach(place);
        var taken = members.update(
                "update versioned Member m set m.subject = ?1, m.name = ?2, m.joinedAt = ?3, m.invitationHash = null,"
                        + " m.invitationExpiresAt = null where m.id = ?4 and m.subject is null"
                        + " and m.invitedBy is null and not exists (from Member o where o.teamId = m.teamId and o.subject = ?1)",
                person.subject(),
                person.name(),
                clock.instant(),
                place.id());
        if (taken == 1) {
            traceJoining(person, members.findById(place.id()));
        }
    }

    private void traceJoining(Actor person, Member member) {
        var joined = Actor.person(
                person.subject(),
                person.email(),
                person.name(),
                person.operator(),
                Map.of(member.teamId(), member.role()));
        trail.write(joined.auditEntry(
                "member-joined",
                member.teamId(),
                "member",
                member.id().toString(),
                member.version(),
                null,
                member.trace()));
    }

    private Optional<Member> invited(String token) {
        return TOKEN.matcher(token).matches()
                ? members.find("invitationHash", (Object) hash(token))
                        .firstResultOptional()
                        .filter(member -> member.canBeJoined(clock.instant()))
                : Optional.empty();
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
