/**
 * Public keys that teams keep at the portal while they develop: what is published at {@code /key-sets/}, and the checks of key sets,
 * which know the portal's own without asking anybody.
 *
 * <p>Knows nothing of registrations: whether one of them names a key set is asked above.
 */
package dev.connectionmanager.keyset;
