package dev.connectionmanager.session;

import java.time.Instant;

/**
 * When a session ends.
 *
 * @param unused where nothing is asked for until then
 * @param latest however much it is used
 */
public record SessionEnds(Instant unused, Instant latest) {}
