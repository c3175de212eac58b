/**
 * The search in the header, and what it found.
 *
 * <p>Must not know what anybody may read: the room search does.
 */
package dev.connectionmanager.web.search;
