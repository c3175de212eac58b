/**
 * The acts on key sets that teams keep at the portal, which must know what registrations name: a key set that one of them names
 * stays. What is published of them is {@code keyset}'s.
 */
package dev.connectionmanager.registration.keyset;
