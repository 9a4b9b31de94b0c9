// Package form watches the running form of a runner whose feet nobody measures
// apart: cadence, time on the ground, bounce, walking, loss of pace and pace at
// matched effort. It knows no left and right.
//
// Each feature has a habit: a Kalman filter over its level, which drifts slowly,
// and over what speed (for the pace: the heart rate), slope, treadmill and
// length of a run do to it. What a run shows beside the habit scatters with the
// runner's own spread and with heavy tails (Student's t), so that one odd run
// is no habit and no proof.
//
// A change that began k runs ago adds an effect to every run since: at once, or
// growing. How much the filter itself has followed the effect is known exactly
// (Willsky and Jones 1976), so that for each feature the runs since then come to
// two numbers, a and b: an effect d is exp(b·d - a·d²/2) times as likely as
// none. No run has to be left out of the habit for that, and none is compared
// with itself.
//
// Hypotheses say which features move together and by how much: a limp moves several
// at once; a new watch moves what it measures; shoes move the ground contact a
// little; a wrong speed moves cadence and ground contact as the speed does;
// heat, illness, hills and training move pace, fade and walking; a plan of
// running and walking moves the walking. The features of a hypothesis count together
// (their Bayes factors are multiplied), and each may also stay as it was. The
// odds of a limp against all other hypotheses, over the last runs in which it may
// have begun, are what Judge returns.
package form
