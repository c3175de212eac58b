package dev.connectionmanager.web.form;

/** Ids of the choices of one group. */
public final class Radios {
    private Radios() {}

    /** The first has the group's own name: that is what an error in the summary links to. */
    public static String id(String name, int index) {
        return index == 0 ? name : name + "-" + index;
    }
}
