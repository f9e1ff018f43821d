# 같은 차례를 asyncio로. 이벤트 루프도 깨어난 태스크를 줄 세워 앞에서부터 돌린다.
import asyncio


# ANCHOR: turns
async def walk(name):
    for step in (1, 2):
        print(f"{name}: {step}걸음")
        await asyncio.sleep(0)  # 한 번 양보한다
    print(f"{name}: 도착")
    return name


async def turns():
    walkers = [asyncio.create_task(walk(name)) for name in ("김", "이")]
    print("main: 둘을 띄우고 기다림")
    for walker in walkers:
        print(f"main: {await walker}의 결과를 받음")
# ANCHOR_END: turns


async def add():
    return 3 + 4


async def fall():
    raise RuntimeError("넘어짐")


# ANCHOR: handles
async def handles():
    print("main:", await asyncio.create_task(add()))
    fallen = asyncio.create_task(fall())
    try:
        await fallen
    except RuntimeError as error:
        print("main: 패닉", error)
    kept = asyncio.create_task(walk("박"))  # 아무도 쥐지 않으면 도중에 사라질 수 있다
    print("main: 핸들을 버림")
    for _ in range(3):
        await asyncio.sleep(0)
    assert kept.done()
# ANCHOR_END: handles


print("== 돌아가며 묻기 ==")
print("== 깨운 것만 묻기 ==")
print("== 차례 ==")
asyncio.run(turns())
print("== 핸들 ==")
asyncio.run(handles())
for name in ("닫기", "다른 스레드", "두 번 선 줄", "끝난 퓨처", "잃은 깨움", "옛 열쇠", "묶음"):
    print(f"== {name} ==")
