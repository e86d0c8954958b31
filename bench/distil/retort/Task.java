package bench;

import java.util.List;

/**
 * One piece of work, as works.py describes it. What a work has no use for is left out.
 *
 * @param folder  of the conditions: the initial weights, the order of the rows, the teacher
 * @param teacher its blueprint; with a student, the file {@code teacher.retort} in the folder
 * @param student its blueprint; null where the teacher itself learns
 * @param orders  for how many rows to write down the order
 */
record Task(String work, String data, String folder, String teacher, String student, int rows, int epochs, List<Integer> batches,
        double temperature, double soft, int teacherEpochs, List<Integer> orders) {
}
